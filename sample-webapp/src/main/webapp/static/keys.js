'use strict';
// The list of API keys and what can be done with them. The context path is what stands before /app/ or /admin/.
const base = location.pathname.replace(/\/(app|admin)\/.*$/, '');
const list = document.getElementById('keys');
const notice = document.getElementById('notice');
const form = document.getElementById('create');
const all = list.dataset.all === 'true';

function element(name, text, kind) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

function button(label, kind, act) {
  const made = element('button', label, kind);
  made.type = 'button';
  made.addEventListener('click', act);
  return made;
}

const when = (time) => new Date(time).toLocaleString();

async function call(path, body) {
  const answer = await fetch(`${base}/auth/keys${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { Accept: 'application/json', ...(body && { 'Content-Type': 'application/json' }) },
    body: body && JSON.stringify(body),
  });
  if (answer.status === 401) {
    location.reload(); // signed out meanwhile: the page asks to sign in
    return new Promise(() => {});
  }
  return { ok: answer.ok, ...(await answer.json().catch(() => ({ detail: `The server answered ${answer.status}.` }))) };
}

function say(text) {
  notice.replaceChildren(element('p', text, 'note'));
}

// The only place where a key is shown; it goes with the page.
function showOnce(key) {
  const card = element('section', '', 'card');
  card.append(element('h2', `“${key.name}”`, 'first'));
  card.append(element('p', 'Copy it now: it is shown only this once.'));
  const command = element('pre');
  command.tabIndex = 0;
  const code = element('code', `curl -H 'X-API-KEY: ${key.key}' ${list.dataset.base}/api/v1/whoami`);
  command.append(code);
  const done = element('div', '', 'actions');
  done.append(
    button('Copy the command', '', async (event) => {
      await navigator.clipboard.writeText(code.textContent);
      event.target.textContent = 'Copied';
    }),
    button('I have it', 'quiet', () => notice.replaceChildren()),
  );
  card.append(command, done);
  notice.replaceChildren(card);
  card.tabIndex = -1;
  card.focus();
}

async function change(path, body, told) {
  const answer = await call(path, body);
  if (!answer.ok) {
    say(answer.detail || answer.title);
  } else if (answer.key) {
    showOnce(answer);
  } else {
    say(told);
  }
  await show();
}

// Asks in the row itself; a dialog of the browser could be suppressed.
function ask(actions, question, field, act) {
  const before = [...actions.children];
  const input = field && element('input');
  if (input) {
    Object.assign(input, field);
    input.setAttribute('aria-label', question);
  }
  const back = () => actions.replaceChildren(...before);
  actions.replaceChildren(
    element('p', question),
    ...(input ? [input] : []),
    button('Yes', '', () => act(input && input.value)),
    button('Cancel', 'quiet', back),
  );
  (input || actions.querySelector('button')).focus();
}

function actions(key) {
  const row = element('div', '', 'actions');
  if (!all) {
    row.append(
      button('Rename', 'quiet', () =>
        ask(row, 'New name', { value: key.name, maxLength: 64 }, (name) =>
          change('/rename', { id: key.id, name }, 'Renamed.'))),
      button('Rotate', 'quiet', () =>
        ask(row, 'Hours for which the old secret still holds', { value: '24', inputMode: 'numeric' }, (hours) =>
          change('/rotate', { id: key.id, overlap_hours: Number(hours) }))),
    );
  }
  row.append(
    button('Revoke', 'quiet', () =>
      ask(row, 'Revoke it for good?', null, () =>
        change(all ? '/all/revoke' : '/revoke', { id: key.id }, `“${key.name}” is revoked.`))),
  );
  return row;
}

function row(key) {
  const item = element('li', '', 'card');
  item.dataset.id = key.id;
  const head = element('div', '', 'head');
  head.append(element('h2', key.name, 'first'));
  head.append(element('span', key.state, `badge ${key.state === 'live' ? 'open' : 'plain'}`));
  const id = element('p');
  id.append(element('code', key.id));
  item.append(head, id);
  if (all) item.append(element('p', key.personal ? `Of ${key.subject || key.owner} at ${key.issuer || '?'}` : `Of the service ${key.owner}`));
  const can = [...key.roles, ...key.scopes];
  item.append(element('p', `Can do: ${can.length ? can.join(', ') : 'nothing but be recognised'}`));
  if (key.networks.length) item.append(element('p', `Only from ${key.networks.join(', ')}`));
  item.append(element('p', `${key.expires ? `Until ${when(key.expires)}` : 'Without end'}, ${key.last_used ? `last used ${when(key.last_used)}` : 'no use noted yet'}`));
  if (key.state === 'live') {
    if (key.old_secret_until) item.append(element('p', `The old secret holds until ${when(key.old_secret_until)}`));
    item.append(actions(key));
  }
  return item;
}

function offer(roles) {
  const box = document.getElementById('roles');
  const ticked = new Set([...box.querySelectorAll(':checked')].map((tick) => tick.value));
  box.replaceChildren(box.querySelector('legend'));
  if (!roles.length) box.append('You have none to give.');
  for (const role of roles) {
    const label = element('label');
    const tick = element('input');
    Object.assign(tick, { type: 'checkbox', name: 'roles', value: role, checked: ticked.has(role) });
    label.append(tick, ` ${role}`);
    box.append(label);
  }
}

async function show() {
  const answer = await call(all ? '/all' : '');
  if (!answer.ok) {
    list.replaceChildren();
    say(answer.detail || answer.title);
    return;
  }
  const rows = answer.keys.reverse().map(row);
  list.replaceChildren(...(rows.length ? rows : [element('li', 'No key yet.', 'card')]));
  if (form) offer(answer.roles);
}

const words = (text) => text.split(/[,\s]+/).filter(Boolean);

async function create(event) {
  event.preventDefault();
  const problem = document.getElementById('problem');
  const sent = new FormData(form);
  const answer = await call('', {
    name: sent.get('name').trim(),
    roles: sent.getAll('roles'),
    scopes: words(sent.get('scopes')),
    networks: words(sent.get('networks')),
    days: Number(sent.get('days')),
  });
  for (const field of form.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid');
  problem.hidden = answer.ok;
  if (answer.ok) {
    form.reset();
    showOnce(answer);
  } else { // what was typed stays
    const field = form.querySelector(`#${answer.field || 'none'}`);
    const label = field && (field.labels ? field.labels[0] : field.querySelector('legend'));
    problem.textContent = `${label ? `${label.textContent}: ` : ''}${answer.detail || answer.title}`;
    if (field) {
      field.setAttribute('aria-invalid', 'true');
      (field.labels ? field : problem).focus();
    }
  }
  await show();
}

if (form) form.addEventListener('submit', create);
show();
