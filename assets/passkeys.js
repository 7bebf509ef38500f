// Says on the page that a passkey failed: the scripts that ask for it tell only the console.
document.addEventListener('allauth.error', (event) => {
  event.preventDefault()
  for (const words of document.querySelectorAll('[data-passkey-trouble]')) words.hidden = false
})
