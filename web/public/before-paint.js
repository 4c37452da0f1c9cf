// Runs before the first paint: without it a reader with a chosen theme would see a flash of the other one.
;(() => {
  try {
    const theme = localStorage.getItem('leema.theme')
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
    const language = localStorage.getItem('leema.language')
    if (language === 'ru' || language === 'kk' || language === 'en') document.documentElement.lang = language
  } catch {
    // Storage is closed in some private modes; the defaults of the page are right then.
  }
})()
