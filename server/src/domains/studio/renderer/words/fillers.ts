/** Words that carry no wish of their own: they are neither reported as understood nor as ignored. Folded spelling. */
const fillers = `
в во на из с со у к о об от до для по под над при за без и или а но да же ли бы не что чтобы как это эта этот эти
так такой такая такое очень самый мне мой моя мое хочу хотел хотела нужен нужна нужно нужны пожалуйста создай сделай
нарисуй покажи сгенерируй придумай надень одень одет одета одетая который которая фото фотография картинка изображение
образ наряд комплект лук одежда вещь модель человек рост полный студия студийный портрет фон цвет цвета цветом тон
размер стиль
мен пен бен жане да де та те менин маган керек жаса сал салып бер суретин сурет сурети адам модельди киген киим
киимди тус тусти ушин осы сол мынау бир типти отинемин болсын
the a an and or with without in on of for to from by at is are it its this that my me i want need would like please
make create draw generate show design wearing wears dressed photo picture image portrait studio model person outfit
look clothes clothing garment colour color style full body background size very some`
  .split(/\s+/)
  .filter((word) => word !== '')

const fillerWords: ReadonlySet<string> = new Set(fillers)

export function isFiller(foldedWord: string): boolean {
  return fillerWords.has(foldedWord)
}

/** Folded words that join two garments ("рубашка и джинсы"). A comma does the same. */
const joiners: ReadonlySet<string> = new Set([
  'и',
  'плюс',
  'с',
  'со',
  'под',
  'and',
  'with',
  'plus',
  'over',
  'жане',
  'мен',
  'пен',
  'бен',
])

export function joinsGarments(foldedWord: string): boolean {
  return joiners.has(foldedWord)
}

const negations: ReadonlySet<string> = new Set(['без', 'without', 'no'])

export function negates(foldedWord: string): boolean {
  return negations.has(foldedWord)
}
