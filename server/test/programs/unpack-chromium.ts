import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inflate } from '@sparticuz/chromium'

// The package unpacks into the folder for temporary files; run as an own process, that can be a folder of our own.
const archives = fileURLToPath(new URL('../bin/', import.meta.resolve('@sparticuz/chromium')))
await Promise.all(readdirSync(archives).map((name) => inflate(join(archives, name))))
