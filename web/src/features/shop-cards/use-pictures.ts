import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { ApiProblem } from '../../api/problem.ts'
import { checkPicture, type PictureFault } from './check-picture.ts'
import { moveItem } from './move-item.ts'
import { uploadPictures } from './requests.ts'

export const PICTURES_MAX = 10

/** A picture of the card: on the server already, on its way there, or stuck. */
export type CardPicture = {
  id: string
  /** What can be shown at once: the file itself until the server has it. */
  shown: string
  name: string
} & (
  | { state: 'kept'; url: string }
  | { state: 'checking' }
  | { state: 'sending'; file: File; progress: number }
  | { state: 'failed'; file: File | null; fault: PictureFault | ApiProblem }
)

export type Pictures = ReturnType<typeof usePictures>

/** The pictures of one form: chosen, checked, sent in one request per choice (30 an hour are allowed), ordered. */
export function usePictures(given: readonly string[]) {
  const [pictures, setPictures] = useState<CardPicture[]>(() => given.map(kept))
  const [tooMany, setTooMany] = useState(0)
  const leaving = useRef(new AbortController())

  const forget = useEffectEvent(() => {
    for (const { shown } of pictures) if (shown.startsWith('blob:')) URL.revokeObjectURL(shown)
  })
  useEffect(() => {
    const controller = new AbortController()
    leaving.current = controller
    return () => {
      controller.abort()
      forget()
    }
  }, [])

  function replace(id: string, next: (picture: CardPicture) => CardPicture) {
    setPictures((all) => all.map((picture) => (picture.id === id ? next(picture) : picture)))
  }

  async function add(files: readonly File[]) {
    const room = PICTURES_MAX - pictures.length
    setTooMany(Math.max(0, files.length - room))
    const chosen = files
      .slice(0, Math.max(0, room))
      .map((file) => ({ id: newId(), file, shown: URL.createObjectURL(file) }))
    setPictures((all) => [
      ...all,
      ...chosen.map(({ id, file, shown }) => ({ id, shown, name: file.name, state: 'checking' as const })),
    ])
    const sound: Outgoing[] = []
    for (const { id, file } of chosen) {
      const checked = await checkPicture(file)
      if (checked.ok) sound.push({ id, file: checked.file })
      else
        replace(id, (picture) => ({
          ...basicsOf(picture),
          state: 'failed',
          file: null,
          fault: checked.fault,
        }))
    }
    await send(sound)
  }

  async function send(outgoing: readonly Outgoing[]) {
    if (outgoing.length === 0) return
    for (const { id, file } of outgoing) {
      replace(id, (picture) => ({ ...basicsOf(picture), state: 'sending', file, progress: 0 }))
    }
    try {
      const urls = await uploadPictures(
        outgoing.map(({ file }) => file),
        {
          signal: leaving.current.signal,
          onProgress: (shares) => {
            for (const [index, { id }] of outgoing.entries()) {
              const progress = shares[index] ?? 0
              replace(id, (picture) => (picture.state === 'sending' ? { ...picture, progress } : picture))
            }
          },
        },
      )
      for (const [index, { id }] of outgoing.entries()) {
        const url = urls[index]
        if (url !== undefined) replace(id, (picture) => ({ ...basicsOf(picture), state: 'kept', url }))
      }
    } catch (error) {
      if (!(error instanceof ApiProblem)) return
      await fail(outgoing, error)
    }
  }

  /** The server keeps all files of a request or none: when it names the bad one, the others go again. */
  async function fail(outgoing: readonly Outgoing[], error: ApiProblem) {
    const place = Number(/\.(\d+)$/.exec(error.errors[0]?.field ?? '')?.[1] ?? Number.NaN)
    const bad =
      outgoing.length > 1 && place < outgoing.length
        ? outgoing.filter((_, index) => index === place)
        : outgoing
    for (const { id, file } of bad) {
      replace(id, (picture) => ({ ...basicsOf(picture), state: 'failed', file, fault: error }))
    }
    await send(outgoing.filter((one) => !bad.includes(one)))
  }

  return {
    pictures,
    /** How many of the last choice found no room. */
    tooMany,
    add: (files: readonly File[]) => void add(files),
    retry(picture: CardPicture) {
      if (picture.state === 'failed' && picture.file) void send([{ id: picture.id, file: picture.file }])
    },
    remove(id: string) {
      setTooMany(0)
      setPictures((all) => {
        const gone = all.find((picture) => picture.id === id)
        if (gone?.shown.startsWith('blob:')) URL.revokeObjectURL(gone.shown)
        return all.filter((picture) => picture.id !== id)
      })
    },
    move: (from: number, to: number) => setPictures((all) => moveItem(all, from, to)),
    reset: (urls: readonly string[]) => setPictures(urls.map(kept)),
  }
}

type Outgoing = { id: string; file: File }

/** Addresses in their order, as the card will have them. */
export function keptUrls(pictures: readonly CardPicture[]): string[] {
  return pictures.flatMap((picture) => (picture.state === 'kept' ? [picture.url] : []))
}

export function isUnderway(pictures: readonly CardPicture[]): boolean {
  return pictures.some(({ state }) => state === 'checking' || state === 'sending')
}

function kept(url: string): CardPicture {
  return { id: url, shown: url, name: '', state: 'kept', url }
}

function basicsOf({ id, shown, name }: CardPicture) {
  return { id, shown, name }
}

let made = 0
function newId(): string {
  made += 1
  return `picture-${made}`
}
