'use strict';
// Shows the sessions that GET /auth/sessions lists. The context path is what stands before /app/.
const base = location.pathname.slice(0, location.pathname.indexOf('/app/'));
const list = document.getElementById('sessions');

function element(name, text, kind) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

function row(session) {
  const item = element('li', '', 'card');
  const head = element('div', '', 'head');
  head.append(element('h2', session.current ? 'This browser' : 'Another browser', 'first'));
  head.append(element('span', session.remembered ? 'remembered' : 'signed in', 'badge plain'));
  item.append(head, element('p', session.device || 'says nothing of itself'));
  const when = new Date(session.last_used).toLocaleString();
  item.append(element('p', `From ${session.address}, since ${new Date(session.created).toLocaleString()}, last used ${when}`));
  if (!session.current) {
    const button = element('button', 'End this one');
    button.type = 'button';
    button.addEventListener('click', () => end(session.handle));
    item.append(button);
  }
  return item;
}

async function end(handle) {
  await fetch(`${base}/auth/sessions/end`, { method: 'POST', body: new URLSearchParams({ handle }) });
  await show();
}

async function show() {
  const answer = await fetch(`${base}/auth/sessions`, { headers: { Accept: 'application/json' } });
  if (answer.status === 401) {
    location.reload();
    return;
  }
  const { sessions } = await answer.json();
  list.replaceChildren(...sessions.map(row));
}

show();
