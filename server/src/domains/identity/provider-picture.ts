/** Hosts from which a provider serves the picture of a profile. */
const PROVIDER_PICTURES = /^https:\/\/([a-z0-9-]+\.)?googleusercontent\.com\//

export function isProviderPicture(url: string): boolean {
  return PROVIDER_PICTURES.test(url)
}
