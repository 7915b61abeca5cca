'use strict';
// A client of the API that keeps no token itself: the browser has them in cookies that no script can read.
const base = location.pathname.slice(0, location.pathname.indexOf('/app/'));
const state = document.getElementById('state');
const answer = document.getElementById('answer');

function post(path) {
  return fetch(base + path, { method: 'POST', headers: { 'X-Token-Delivery': 'cookies' } });
}

function get(path) {
  return fetch(base + path, { headers: { Accept: 'application/json' } });
}

/** Asks; when the token has expired, renews it once and asks again. Tabs that renew at the same time get the same one. */
async function ask() {
  let response = await get('/auth/token/check');
  let renewed = false;
  if (response.status === 401) {
    renewed = (await post('/auth/token/refresh')).ok;
    response = await get('/auth/token/check');
  }
  if (!response.ok) {
    state.textContent = 'No token that holds. Get tokens first.';
    answer.textContent = '';
    return;
  }
  state.textContent = renewed ? 'Answered, after renewing.' : 'Answered.';
  answer.textContent = JSON.stringify(await (await get('/api/me')).json(), null, 2);
}

async function run(path, done) {
  const response = await post(path);
  answer.textContent = '';
  state.textContent = response.ok ? done : `That did not work (${response.status}).`;
}

document.getElementById('start').addEventListener('click', () => run('/auth/token', 'You have tokens.'));
document.getElementById('renew').addEventListener('click', () => run('/auth/token/refresh', 'Renewed.'));
document.getElementById('leave').addEventListener('click', () => run('/auth/token/revoke', 'Given back.'));
document.getElementById('ask').addEventListener('click', ask);
