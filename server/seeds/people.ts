const person = (name: string, file: string) => ({ name, file: new URL(`people/${file}`, import.meta.url) })

/** People of the demo to try clothes on: our own renderings of CC0 figures (see the folder's README). */
export const samplePeople: { name: string; file: URL }[] = [
  person('Айда', 'aida-front-tshirt.jpg'),
  person('Данияр', 'daniyar-relaxed-white-tshirt.jpg'),
  person('Сауле', 'saule-hands-on-hips-long-sleeve.jpg'),
  person('Наоми', 'naomi-sleeveless.jpg'),
  person('Виктор', 'viktor-long-sleeve.jpg'),
  person('Тимур', 'timur-full-body-tshirt.jpg'),
]
