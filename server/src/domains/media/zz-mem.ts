import sharp from 'sharp'
import { preparePicture } from './prepare-picture.ts'
import { readFileSync } from 'node:fs'
if (process.argv[4] === 'nocache') sharp.cache(false)
const b = readFileSync('/tmp/leema/catalog/' + process.argv[2])
const n = Number(process.argv[3] ?? 1)
await Promise.all(Array.from({ length: n }, () => preparePicture(b, { bytes_max: 12e6, side_max: 2048, field: 'f' }).catch((e) => console.log('refused', e.errors?.[0]?.code))))
console.log(process.argv.slice(2).join(' '), process.env.MALLOC_ARENA_MAX, 'maxrss', process.resourceUsage().maxRSS >> 10)
