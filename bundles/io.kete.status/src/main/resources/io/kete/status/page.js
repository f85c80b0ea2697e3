// SPDX-License-Identifier: EPL-2.0
// Exchanges the content every two seconds; says so when the gateway does not answer.
setInterval(async () => {
  try {
    const answer = await fetch('/', { cache: 'no-store' });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    document.querySelector('main').replaceWith(page.querySelector('main'));
  } catch (gone) {
    const header = document.querySelector('header');
    header.className = 'ill';
    header.querySelector('.verdict').textContent = 'The gateway does not answer';
  }
}, 2000);
