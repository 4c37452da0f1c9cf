import sharp from 'sharp'

/**
 * How a picture came to be, as far as a machine reader must know.
 * `method`: `trained` when a trained model took part, `procedural` when the pixels were computed by rules alone
 * (our own garment renderer). Unsaid, a generated picture counts as trained: better to say too much.
 */
export type AiOrigin = {
  kind: 'try_on' | 'generated'
  /** Name of the model or program, e.g. `leema-engine`. */
  model: string
  version: string
  method?: 'trained' | 'procedural'
}

export type AiMark = { digital_source_type: string; model: string | null; version: string | null }

/** IPTC NewsCodes "Digital Source Type": the values that apply here. */
const sourceTypes = 'http://cv.iptc.org/newscodes/digitalsourcetype/'
/** A photo composed with elements made by a trained model (inpainting is the standard's own example). */
const compositeTrained = `${sourceTypes}compositeWithTrainedAlgorithmicMedia`
/** Made by a trained model. */
const trained = `${sourceTypes}trainedAlgorithmicMedia`
/** Made purely by an algorithm that is not based on training data. */
const algorithmic = `${sourceTypes}algorithmicMedia`

/** The mark of a picture; null when it carries none. */
export async function readAiMark(image: Uint8Array): Promise<AiMark | null> {
  const { xmp } = await sharp(image).metadata()
  if (xmp === undefined) return null
  const text = xmp.toString('utf8')
  const type = propertyOf(text, 'DigitalSourceType')
  if (type === null) return null
  return {
    digital_source_type: type,
    model: propertyOf(text, 'AISystemUsed'),
    version: propertyOf(text, 'AISystemVersionUsed'),
  }
}

function sourceTypeOf(origin: AiOrigin): string {
  if (origin.kind === 'try_on') return compositeTrained
  return origin.method === 'procedural' ? algorithmic : trained
}

/** The mark as an XMP packet. AISystemUsed and AISystemVersionUsed are properties of IPTC Photo Metadata 2025.1. */
export function aiMarkXmp(origin: AiOrigin): string {
  const properties: [string, string][] = [
    ['Iptc4xmpExt:DigitalSourceType', sourceTypeOf(origin)],
    ['Iptc4xmpExt:AISystemUsed', origin.model],
    ['Iptc4xmpExt:AISystemVersionUsed', origin.version],
    ['xmp:CreatorTool', `Leema ${origin.model} ${origin.version}`],
  ]
  const elements = properties.map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`).join('')
  return (
    '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>' +
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
    '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"' +
    ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">' +
    `${elements}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`
  )
}

function propertyOf(xmp: string, name: string): string | null {
  const found = new RegExp(`<Iptc4xmpExt:${name}>([^<]*)</Iptc4xmpExt:${name}>`).exec(xmp)?.[1]
  return found === undefined ? null : unescapeXml(found)
}

const entities: [string, string][] = [
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]

function escapeXml(text: string): string {
  return entities.reduce((out, [plain, entity]) => out.replaceAll(plain, entity), text)
}

function unescapeXml(text: string): string {
  return entities.reduceRight((out, [plain, entity]) => out.replaceAll(entity, plain), text)
}
