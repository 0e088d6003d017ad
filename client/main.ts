/** Starts the client: styles, language, the first screen, and then takes the plain page of index.html away. */
import './ui/fonts.css';
import './ui/tokens.css';
import './ui/base.css';
import './ui/controls.css';
import './ui/print.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { session } from './account/session.svelte.ts';
import { router } from './router.svelte.ts';
import { routes, sections } from './routes.ts';

async function start(target: HTMLElement): Promise<void> {
  void session.load();
  await router.start(routes, sections);
  target.textContent = '';
  mount(App, { target });
  document.documentElement.setAttribute('data-started', '');
}

const target = document.getElementById('app');
if (target !== null) void start(target);
