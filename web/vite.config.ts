import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, loadEnv } from 'vite'

/** Where `vite` finds the API while the pages are being worked on; the built site is served by the server itself. */
const DEFAULT_API = 'http://127.0.0.1:8000'

export default defineConfig(({ mode }) => {
  const root = fileURLToPath(new URL('.', import.meta.url))
  const api = loadEnv(mode, root, 'LEEMA_').LEEMA_API ?? DEFAULT_API
  const proxy = { target: api, changeOrigin: false }
  return {
    root,
    base: '/',
    plugins: [react()],
    server: {
      port: 5173,
      proxy: {
        '/api': proxy,
        '/uploads': proxy,
        '/media': proxy,
        '/ws': { target: api.replace('http', 'ws'), ws: true },
      },
    },
    build: {
      outDir: 'dist',
      target: ['chrome111', 'edge111', 'firefox114', 'safari16.4'],
      // Files, never data: URLs, so that `img-src` and `font-src` of the policy can stay at 'self'.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: true,
      rolldownOptions: {
        output: {
          // React and the router change rarely: in a chunk of their own a release does not invalidate them.
          codeSplitting: { groups: [{ name: 'framework', test: /node_modules\/(react|react-dom|scheduler|react-router)\// }] },
        },
      },
    },
  }
})
