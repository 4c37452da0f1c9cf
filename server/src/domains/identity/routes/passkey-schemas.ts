import { Type } from 'typebox'
import { Id, Time } from '#infra/schemas.ts'

/** What browsers give and take (WebAuthn level 3, 5.1 JSON forms); they may add members of their own. */
const Loose = { additionalProperties: true }
const base64url = (max: number) => Type.String({ minLength: 1, maxLength: max, pattern: '^[A-Za-z0-9_-]+$' })
const Attachment = Type.Optional(Type.Union([Type.Literal('platform'), Type.Literal('cross-platform')]))
const shared = {
  id: base64url(1_400),
  rawId: base64url(1_400),
  type: Type.Literal('public-key'),
  authenticatorAttachment: Attachment,
  clientExtensionResults: Type.Object({}, Loose),
}

export const PasskeyRegistration = Type.Object(
  {
    ...shared,
    response: Type.Object(
      {
        clientDataJSON: base64url(4_000),
        attestationObject: base64url(20_000),
        transports: Type.Optional(Type.Array(Type.String({ maxLength: 20 }), { maxItems: 10 })),
      },
      Loose,
    ),
  },
  Loose,
)

export const PasskeyProof = Type.Object(
  {
    ...shared,
    response: Type.Object(
      {
        clientDataJSON: base64url(4_000),
        authenticatorData: base64url(4_000),
        signature: base64url(2_000),
        userHandle: Type.Optional(Type.String({ maxLength: 200 })),
      },
      Loose,
    ),
  },
  Loose,
)

const Descriptor = Type.Object({
  id: Type.String(),
  type: Type.String(),
  transports: Type.Optional(Type.Array(Type.String())),
})

/** For `navigator.credentials.create`. */
export const CreationOptions = Type.Object(
  {
    rp: Type.Object({ id: Type.Optional(Type.String()), name: Type.String() }),
    user: Type.Object({ id: Type.String(), name: Type.String(), displayName: Type.String() }),
    challenge: Type.String(),
    pubKeyCredParams: Type.Array(Type.Object({ alg: Type.Integer(), type: Type.Literal('public-key') })),
    timeout: Type.Optional(Type.Integer()),
    excludeCredentials: Type.Optional(Type.Array(Descriptor)),
    authenticatorSelection: Type.Optional(Type.Object({}, Loose)),
    attestation: Type.Optional(Type.String()),
    extensions: Type.Optional(Type.Object({}, Loose)),
  },
  Loose,
)

/** For `navigator.credentials.get`. */
export const RequestOptions = Type.Object(
  {
    challenge: Type.String(),
    timeout: Type.Optional(Type.Integer()),
    rpId: Type.Optional(Type.String()),
    allowCredentials: Type.Optional(Type.Array(Descriptor)),
    userVerification: Type.Optional(Type.String()),
  },
  Loose,
)

export const PasskeyName = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' })
export const PasskeyResponse = Type.Object({
  id: Id,
  name: Type.String(),
  is_backed_up: Type.Boolean({ description: 'Kept by the maker in his cloud, not in one device only' }),
  created_at: Time,
  last_used_at: Type.Union([Time, Type.Null()]),
})
