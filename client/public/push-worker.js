/*
 * Shows what the server pushed, and opens its page when it is touched. Plain JavaScript for Chrome 87, not bundled. Registered
 * under an address that no page has: it intercepts no request. A link leads to our own site or nowhere.
 */
self.addEventListener('push', (event) => {
  let message = {};
  try {
    message = event.data ? event.data.json() : {};
  } catch (_) {
    /* Not ours: shown as the product's name alone. */
  }
  const title = typeof message.title === 'string' ? message.title : 'Hội Thi';
  const options = {
    body: typeof message.body === 'string' ? message.body : '',
    tag: typeof message.tag === 'string' ? message.tag : 'hoithi',
    lang: 'vi',
    data: { path: typeof message.path === 'string' ? message.path : '/' },
  };
  event.waitUntil(self.registration.showNotification(title, options));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const { path } = event.notification.data || {};
  const target = new URL(typeof path === 'string' ? path : '/', self.location.origin);
  if (target.origin === self.location.origin) event.waitUntil(self.clients.openWindow(target.href));
});
