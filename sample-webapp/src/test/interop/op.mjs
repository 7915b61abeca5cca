// The OpenID Provider of npm, on a free port of 127.0.0.1, for the interop tests.
// Says "ISSUER <url>", is told "key <public JWK>" and "application <base url>", says "READY"; "rotate" gives it another key, and it says "ROTATED".
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { Provider } from 'oidc-provider';

const GROUPS = { ada: ['admin'], vic: ['viewer'] };

const freshKey = () => ({
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
  kid: randomUUID(), use: 'sig', alg: 'RS256',
});

const person = (id) => ({
  accountId: id,
  claims: async () => ({
    sub: id, name: `${id} of npm`, preferred_username: id, email: `${id}@example.test`, email_verified: true, groups: GROUPS[id] ?? [],
  }),
});

const configuration = (application) => ({
  clients: [{
    client_id: 'ostiary-interop',
    client_secret: 'interop-client-secret',
    redirect_uris: [`${application}/auth/callback/op`],
    post_logout_redirect_uris: [`${application}/auth/logged-out`],
    backchannel_logout_uri: `${application}/auth/backchannel-logout/op`,
    backchannel_logout_session_required: true,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
  }, {
    client_id: 'ostiary-interop-key',
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: [clientKey] },
    redirect_uris: [`${application}/auth/callback/op`],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
  }],
  jwks: { keys: [freshKey()] },
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: true },
    rpInitiatedLogout: { enabled: true },
    backchannelLogout: { enabled: true },
    pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
  },
  scopes: ['openid', 'profile', 'email', 'groups'],
  claims: {
    openid: ['sub'], profile: ['name', 'preferred_username'], email: ['email', 'email_verified'], groups: ['groups'],
  },
  issueRefreshToken: async () => true,
  rotateRefreshToken: true,
  // Shorter than the margin within which the kit refreshes, so that every look at the token is a refresh.
  ttl: { AccessToken: 20, AuthorizationCode: 60, IdToken: 300, RefreshToken: 3600, Session: 3600, Grant: 3600, Interaction: 600 },
  cookies: { keys: [randomUUID()] },
  // Its own fetch refuses to send logout tokens to 127.0.0.1.
  fetch: (url, options) => globalThis.fetch(url, { ...options, dispatcher: undefined }),
  findAccount: async (context, id) => person(id),
});

let answer;
let application;
let clientKey;
const server = createServer((request, response) => {
  response.on('finish', () => console.log(request.method, request.url.split('?')[0], response.statusCode));
  answer(request, response);
});
server.listen(0, '127.0.0.1', () => console.log(`ISSUER http://127.0.0.1:${server.address().port}`));

const open = () => {
  const provider = new Provider(`http://127.0.0.1:${server.address().port}`, configuration(application));
  provider.on('server_error', (context, error) => console.log('server_error', error.message));
  provider.on('backchannel.error', (context, error) => console.log('backchannel.error', error.message));
  provider.on('backchannel.success', () => console.log('backchannel.success'));
  answer = provider.callback();
};

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  if (line.startsWith('key ')) {
    clientKey = JSON.parse(line.slice('key '.length));
  } else if (line.startsWith('application ')) {
    application = line.slice('application '.length);
    open();
    console.log('READY');
  } else if (line === 'rotate') {
    open();
    console.log('ROTATED');
  }
});
// Whoever started it is gone.
lines.on('close', () => process.exit(0));
