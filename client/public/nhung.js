/*
 * The frame on other sites: counts down, and asks once a minute while somebody looks. Plain JavaScript for Chrome 87, not bundled; texts only,
 * never HTML.
 */
(() => {
  var main = document.querySelector('main');
  var left = document.getElementById('left');
  var entrants = document.getElementById('entrants');
  var list = document.getElementById('top');
  var ahead = left ? Number(left.getAttribute('data-now')) - Date.now() : 0;
  var two = (n) => (n < 10 ? `0${n}` : String(n));

  function draw() {
    var ms = Number(left.getAttribute('data-until')) - (Date.now() + ahead);
    left.hidden = ms <= 0;
    if (ms <= 0) return;
    var seconds = Math.floor(ms / 1000);
    var days = Math.floor(seconds / 86400);
    var time = `${two(Math.floor((seconds % 86400) / 3600))}:${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
    left.textContent = `${left.getAttribute('data-word')} ${days > 0 ? `${days} ${left.getAttribute('data-days')} ` : ''}${time}`;
  }
  if (left) {
    draw();
    setInterval(draw, 1000);
  }

  function show(summary) {
    var isEnglish = document.documentElement.lang === 'en';
    ahead = summary.at - Date.now();
    if (entrants && summary.entrants !== null)
      entrants.textContent = summary.entrants.toLocaleString(isEnglish ? 'en-US' : 'vi-VN');
    if (!list) return;
    while (list.firstChild) list.removeChild(list.firstChild);
    summary.top.forEach((line) => {
      var item = document.createElement('li');
      [
        ['rank', String(line.rank)],
        ['name', line.name],
        ['marks', String(line.marks / 100).replace('.', isEnglish ? '.' : ',')],
      ].forEach((part) => {
        var span = document.createElement('span');
        span.className = part[0];
        span.textContent = part[1];
        item.appendChild(span);
      });
      list.appendChild(item);
    });
  }
  function ask() {
    if (document.hidden || !window.fetch) return;
    fetch(main.getAttribute('data-summary'))
      .then((reply) => (reply.ok ? reply.json() : null))
      .then((summary) => summary && show(summary))
      .catch(() => undefined);
  }
  setInterval(ask, 60000);
})();
