import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadModels, readVerified } from './models.ts'

describe('models', () => {
  it('refuse a file that was altered, naming it and both checksums', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'leema-models-'))
    const file = path.join(folder, 'model.tflite')
    await writeFile(file, 'not a model')
    const expected = 'a'.repeat(64)
    await expect(readVerified(file, expected)).rejects.toThrow(file)
    await expect(readVerified(file, expected)).rejects.toThrow(`must be ${expected}`)
    await rm(folder, { recursive: true })
  })

  it('load once and answer with six classes and 39 points', async () => {
    const models = await loadModels()
    expect(await loadModels()).toBe(models)
    const grey = new Float32Array(256 * 256 * 3).fill(0.5)
    const [classes] = await models.parsing.run(grey)
    expect(classes?.length).toBe(256 * 256 * 6)
    const outputs = await models.pose.run(grey)
    expect(outputs.some((output) => output.length === 39 * 5)).toBe(true)
  }, 60_000)
})
