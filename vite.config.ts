/**
 * Builds the client for the oldest browser meant: an Android WebView of 2021 (Chrome 87).
 *
 * Nothing is inlined into the page (the CSP allows neither inline scripts, inline styles nor data: URLs), every file but
 * index.html carries a hash of its content, and the syntax is checked afterwards by tests/client/built-syntax.test.ts.
 */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';
import { groups } from './client/chunks.ts';
import { screensList } from './client/screens-plugin.ts';
import { keptOffline } from './client/worker/plugin.ts';

const oldestChrome = 87;

/**
 * Svelte scopes the second and later compounds of a selector with `:where(.svelte-x)`, which Chrome learnt in 88: an
 * older one drops the whole rule. The bare class matches the same elements.
 */
function withoutWhere(): Plugin {
  return {
    name: 'hoithi:without-where',
    transform: {
      filter: { id: /\.svelte\?.*type=style/ },
      handler: (code) => ({ code: code.replace(/:where\((\.svelte-[\w-]+)\)/g, '$1'), map: null }),
    },
  };
}

/** The one file of the font that every page needs is asked for before the style sheet has been read. */
function preloadedFont(): Plugin {
  return {
    name: 'hoithi:preloaded-font',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) => {
        const font = Object.keys(bundle ?? {}).find((name) =>
          /be-vietnam-pro-latin-400-normal.*\.woff2$/.test(name),
        );
        if (font === undefined) return [];
        const attrs = { rel: 'preload', href: `/${font}`, as: 'font', type: 'font/woff2', crossorigin: true };
        return [{ tag: 'link', attrs, injectTo: 'head' }];
      },
    },
  };
}

const serverAddress = `http://127.0.0.1:${process.env.PORT ?? '3000'}`;

export default defineConfig({
  root: 'client',
  plugins: [
    svelte({ configFile: '../svelte.config.js' }),
    withoutWhere(),
    preloadedFont(),
    keptOffline(),
    screensList(),
  ],
  css: {
    transformer: 'lightningcss',
    lightningcss: { targets: { chrome: oldestChrome << 16 } },
  },
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: `chrome${oldestChrome}`,
    cssTarget: `chrome${oldestChrome}`,
    cssMinify: 'lightningcss',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  server: {
    fs: { allow: ['..'] },
    proxy: {
      '/api': serverAddress,
      '/socket.io': { target: serverAddress, ws: true },
    },
  },
});
