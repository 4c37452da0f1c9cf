import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

/** A whole authenticator in software: it makes the very bytes that a browser and a key would (WebAuthn level 3, CTAP 2). */
export type Authenticator = ReturnType<typeof createAuthenticator>

type CreationOptions = { challenge: string; user: { id: string } }
type RequestOptions = { challenge: string }

export type Circumstances = {
  origin?: string
  rp_id?: string
  /** The person was verified (PIN, finger, face). */
  user_verified?: boolean
  counter?: number
  challenge?: string
  type?: string
}

const UP = 0x01
const UV = 0x04
const BACKUP_ELIGIBLE = 0x08
const BACKED_UP = 0x10
const ATTESTED = 0x40

export function createAuthenticator(rp_id: string, origin: string, counts = true) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const credential_id = randomBytes(32)
  let counter = 0

  function clientData(type: string, challenge: string, where: Circumstances): Buffer {
    const data = {
      type: where.type ?? type,
      challenge: where.challenge ?? challenge,
      origin: where.origin ?? origin,
      crossOrigin: false,
    }
    return Buffer.from(JSON.stringify(data))
  }

  function authenticatorData(where: Circumstances, more_flags: number, rest: Buffer): Buffer {
    const flags = UP | (where.user_verified === false ? 0 : UV) | BACKUP_ELIGIBLE | BACKED_UP | more_flags
    const count = Buffer.alloc(4)
    count.writeUInt32BE(where.counter ?? counter)
    return Buffer.concat([sha256(where.rp_id ?? rp_id), Buffer.from([flags]), count, rest])
  }

  return {
    credential_id: credential_id.toString('base64url'),
    register(options: CreationOptions, where: Circumstances = {}) {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(credential_id.length)
      const attested = Buffer.concat([Buffer.alloc(16), length, credential_id, coseKey(publicKey)])
      const object = cborMap([
        ['fmt', cborText('none')],
        ['attStmt', Buffer.from([0xa0])],
        ['authData', cborBytes(authenticatorData(where, ATTESTED, attested))],
      ])
      return {
        ...identified(credential_id),
        response: {
          clientDataJSON: clientData('webauthn.create', options.challenge, where).toString('base64url'),
          attestationObject: object.toString('base64url'),
          transports: ['internal'],
        },
      }
    },
    prove(options: RequestOptions, where: Circumstances = {}) {
      if (counts) counter += 1
      const data = authenticatorData(where, 0, Buffer.alloc(0))
      const client_data = clientData('webauthn.get', options.challenge, where)
      return {
        ...identified(credential_id),
        response: {
          clientDataJSON: client_data.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: signed(privateKey, data, client_data),
        },
      }
    },
  }
}

function identified(credential_id: Buffer) {
  const id = credential_id.toString('base64url')
  return {
    id,
    rawId: id,
    type: 'public-key' as const,
    authenticatorAttachment: 'platform' as const,
    clientExtensionResults: {},
  }
}

function signed(key: KeyObject, data: Buffer, client_data: Buffer): string {
  return sign('sha256', Buffer.concat([data, sha256(client_data)]), key).toString('base64url')
}

function sha256(data: Buffer | string): Buffer {
  return createHash('sha256').update(data).digest()
}

/** COSE_Key of a P-256 key: {1: 2, 3: -7, -1: 1, -2: x, -3: y} (RFC 9053 7.1). */
function coseKey(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  return Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
    cborBytes(Buffer.from(x, 'base64url')),
    Buffer.from([0x22]),
    cborBytes(Buffer.from(y, 'base64url')),
  ])
}

function cborMap(entries: [string, Buffer][]): Buffer {
  const parts = entries.flatMap(([name, value]) => [cborText(name), value])
  return Buffer.concat([Buffer.from([0xa0 + entries.length]), ...parts])
}

function cborText(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)])
}

function cborBytes(bytes: Buffer): Buffer {
  const head = bytes.length < 256 ? [0x58, bytes.length] : [0x59, bytes.length >> 8, bytes.length & 0xff]
  return Buffer.concat([Buffer.from(head), bytes])
}
