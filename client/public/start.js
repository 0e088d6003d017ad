/*
 * Runs before anything is drawn, in any browser: ES5 only, not bundled.
 * Puts the chosen theme and language on <html>, so that a page never flashes in the wrong colours, and shows the plain
 * help at once where modules do not exist or a script fails to load. (Otherwise the style sheet shows it after a while.)
 */
(() => {
  var root = document.documentElement;
  var theme;
  var locale;
  try {
    theme = localStorage.getItem('hoithi.theme');
    locale = localStorage.getItem('hoithi.locale');
    if (theme === 'light' || theme === 'dark') root.setAttribute('data-theme', theme);
    if (locale === 'vi' || locale === 'en') root.lang = locale;
  } catch (_) {
    /* Storage is refused: the page follows the system. */
  }
  function showHelp() {
    if (!root.hasAttribute('data-started')) root.setAttribute('data-failed', '');
  }
  if (!('noModule' in document.createElement('script'))) showHelp();
  window.addEventListener(
    'error',
    (event) => {
      var target = event.target;
      var isScript = target && target.tagName === 'SCRIPT';
      if (isScript || event.error) showHelp();
    },
    true,
  );
})();
