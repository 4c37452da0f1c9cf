import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, loadEnv, type Plugin } from 'vite'

/** Where `vite` finds the API while the pages are being worked on; the built site is served by the server itself. */
const DEFAULT_API = 'http://127.0.0.1:8000'

/** Base UI and the QR encoder come with the pages that use them and not with the first one. */
const SHARED =
  /\/web\/src\/(api|lib|ui)\/(?!.*(dialog|checkbox|segmented|photo|upload|live)\.)|node_modules\/(@tanstack|openapi-fetch)\//

export default defineConfig(({ mode }) => {
  const root = fileURLToPath(new URL('.', import.meta.url))
  const api = loadEnv(mode, root, 'LEEMA_').LEEMA_API ?? DEFAULT_API
  // Sessions by cookie want an origin that the server knows.
  const proxy = { target: api, changeOrigin: false, headers: { origin: new URL(api).origin } }
  return {
    root,
    base: '/',
    plugins: [react(), compressed()],
    server: {
      port: 5173,
      proxy: {
        '/api': proxy,
        '/uploads': proxy,
        '/media': proxy,
        '/ws': { ...proxy, target: api.replace('http', 'ws'), ws: true },
      },
    },
    build: {
      outDir: 'dist',
      target: ['chrome111', 'edge111', 'firefox114', 'safari16.4'],
      // Files, never data: URLs, so that `img-src` and `font-src` of the policy can stay at 'self'.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        output: {
          codeSplitting: {
            groups: [
              // Changes rarely: in a chunk of its own a release does not invalidate it.
              {
                name: 'framework',
                test: /node_modules\/(react|react-dom|scheduler|react-router)\//,
                priority: 2,
              },
              // Small modules that nearly every page uses: one request instead of twenty.
              { name: 'shared', test: SHARED, priority: 1 },
            ],
          },
        },
      },
    },
  }
})

/** Writes `.br` and `.gz` beside each file worth it; the server sends them as they are. */
function compressed(): Plugin {
  return {
    name: 'leema:compressed',
    apply: 'build',
    writeBundle({ dir }) {
      if (dir === undefined) return
      for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !/\.(js|css|svg|webmanifest)$/.test(entry.name)) continue
        const path = join(entry.parentPath, entry.name)
        const bytes = readFileSync(path)
        if (bytes.length < 512) continue
        writeFileSync(
          `${path}.br`,
          brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
        )
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
      }
    },
  }
}
