'use strict';
// What HTMX leaves to the page: an empty form after it was sent, and a word when something was refused.
const problem = document.getElementById('problem');
const words = {
  400: 'A name has 1 to 60 characters.',
  403: 'Nothing was done: this page is too old, or the list is not yours to change. Reload the page.',
  404: 'That guest is no longer on the list. Reload the page.',
  409: 'The list is full.',
};

document.body.addEventListener('htmx:afterRequest', event => {
  const { successful, xhr, elt } = event.detail;
  problem.hidden = successful;
  problem.textContent = successful ? '' : words[xhr.status] || 'That did not work. Please try again.';
  if (successful && elt.id === 'add') elt.reset();
});
