/** People of the demo to try clothes on. The pictures are our own renderings of CC0 figures (see the folder's README). */
export const samplePeople: { name: string; file: URL }[] = [
  { name: 'Айда', file: new URL('people/aida-front-tshirt.jpg', import.meta.url) },
]
