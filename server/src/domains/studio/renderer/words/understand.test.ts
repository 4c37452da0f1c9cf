import { describe, expect, it } from 'vitest'
import { garmentTypes, type Locale } from '../spec.ts'
import { garmentWords } from './garments.ts'
import { isOneEditApart } from './lexicon.ts'
import { understandPrompt } from './understand.ts'

const meaningsOf = (prompt: string, locale: Locale = 'ru'): readonly string[] =>
  understandPrompt(prompt, locale).understood.map((one) => `${one.word} = ${one.meaning}`)

const first = (prompt: string) => understandPrompt(prompt).pieces[0]

describe('Russian', () => {
  it('reads type, colour, pattern, accent and sleeve', () => {
    expect(first('Тёмно-синяя рубашка в белую полоску с длинными рукавами')).toEqual({
      type: 'shirt',
      colour: '#1d2a48',
      accent: '#f1efea',
      pattern: 'stripes',
      sleeve: 'long',
    })
  })

  it.each([
    ['платье', 'dress'],
    ['платьем', 'dress'],
    ['двумя платьями', 'dress'],
    ['рубашек', 'shirt'],
    ['в юбке', 'skirt'],
    ['джинсами', 'jeans'],
    ['брюках', 'trousers'],
    ['свитера', 'sweater'],
    ['худи', 'hoodie'],
    ['тренчем', 'trench'],
    ['чапан', 'chapan'],
    ['пуховику', 'puffer'],
  ])('knows the form "%s"', (prompt, type) => {
    expect(first(prompt)?.type).toBe(type)
  })

  it('gives the longest match the word: "тёмно-синяя" is navy, not dark and blue', () => {
    expect(meaningsOf('тёмно-синяя футболка')).toEqual(['тёмно-синяя = тёмно-синий', 'футболка = футболка'])
    expect(meaningsOf('темносиняя футболка')).toEqual(['темносиняя = тёмно-синий', 'футболка = футболка'])
    expect(meaningsOf('синяя футболка')).toEqual(['синяя = синий', 'футболка = футболка'])
  })

  it('gives the longest match the garment: a leather jacket is not a jacket of leather, a shirt dress not a shirt', () => {
    expect(first('кожаная куртка')?.type).toBe('leather_jacket')
    expect(first('платье-рубашка')?.type).toBe('shirt_dress')
    expect(first('юбка-карандаш')?.type).toBe('pencil_skirt')
    expect(first('джинсовая куртка')?.type).toBe('denim_jacket')
    expect(understandPrompt('кожаная куртка косуха').pieces).toHaveLength(1)
  })

  it('applies a shade to the colour right behind it', () => {
    const plain = first('зелёная футболка')?.colour
    expect(first('ярко-зелёная футболка')?.colour).not.toBe(plain)
    expect(first('светло-зелёная футболка')?.colour).not.toBe(plain)
  })

  it('treats ё as е and ignores case', () => {
    expect(first('ЖЁЛТАЯ ФУТБОЛКА')).toEqual(first('желтая футболка'))
  })

  it('forgives one letter in words of six letters and more, and none in shorter ones', () => {
    expect(first('футбалка краная')).toMatchObject({ type: 't_shirt', colour: '#b4232f' })
    expect(first('рубшака белая')?.type).toBe('shirt')
    expect(understandPrompt('юпка').pieces).toEqual([])
  })

  it('takes "без" as a wish not to have the detail', () => {
    expect(first('джинсы без карманов')?.details).toBeUndefined()
    expect(first('платье без рукавов')?.sleeve).toBe('none')
    expect(meaningsOf('джинсы без карманов')).toContain('карманов = без: карманы')
  })
})

describe('Kazakh', () => {
  it('reads a dress with an ornament in Kazakh letters', () => {
    expect(first('ақ көйлек қызыл ою-өрнекпен')).toEqual({
      type: 'dress',
      colour: '#f1efea',
      accent: '#b4232f',
      pattern: 'ornament',
    })
  })

  it.each([
    ['кара жейде', 'қара жейде'],
    ['кок шалбар', 'көк шалбар'],
    ['кызыл койлек', 'қызыл көйлек'],
    ['узын женди жемпир', 'ұзын жеңді жемпір'],
  ])('reads "%s" typed with Russian letters like "%s"', (typed, proper) => {
    expect(understandPrompt(typed).pieces).toEqual(understandPrompt(proper).pieces)
    expect(understandPrompt(proper).pieces).toHaveLength(1)
  })

  it('reads suffixes: plural, possession and cases', () => {
    for (const form of ['шалбар', 'шалбарлар', 'шалбары', 'шалбардың', 'шалбармен']) {
      expect(first(form)?.type, form).toBe('trousers')
    }
  })

  it('gives the longest match the word: "қою көк" is navy, "көк" is blue', () => {
    expect(first('қою көк шалбар')?.colour).toBe('#1d2a48')
    expect(first('көк шалбар')?.colour).toBe('#2c4f9e')
  })

  it('splits two garments joined by "мен" and "және"', () => {
    expect(understandPrompt('қара шалбар мен ақ жейде').pieces).toMatchObject([
      { type: 'trousers', colour: '#17181b' },
      { type: 't_shirt', colour: '#f1efea' },
    ])
    expect(understandPrompt('ақ көйлек және қызыл шапан').pieces.map((piece) => piece.type)).toEqual([
      'dress',
      'chapan',
    ])
  })

  it('tells meanings in Kazakh when asked in Kazakh', () => {
    expect(meaningsOf('қызыл барқыт шапан', 'kk')).toEqual([
      'қызыл = қызыл',
      'барқыт = барқыт',
      'шапан = шапан',
    ])
  })
})

describe('English', () => {
  it('reads a full description', () => {
    expect(first('Navy blue oversized linen shirt with long sleeves and pockets')).toEqual({
      type: 'shirt',
      colour: '#1d2a48',
      fit: 'oversize',
      fabric: 'linen',
      sleeve: 'long',
      details: ['pockets'],
    })
  })

  it('gives the longest match the word: "light blue" and "leather jacket" are one thing each', () => {
    expect(meaningsOf('light blue jeans', 'en')).toEqual(['light blue = light blue', 'jeans = jeans'])
    expect(meaningsOf('leather jacket', 'en')).toEqual(['leather jacket = leather jacket'])
  })

  it('does not read short words inside longer ones', () => {
    expect(understandPrompt('Redmond retail tankard').pieces).toEqual([])
  })
})

describe('several garments', () => {
  it('gives each garment its own words, whether they stand before or behind it', () => {
    expect(understandPrompt('белая рубашка и синие джинсы').pieces).toMatchObject([
      { type: 'shirt', colour: '#f1efea' },
      { type: 'jeans', colour: '#2c4f9e' },
    ])
    expect(understandPrompt('платье красное в горошек, белый пиджак').pieces).toMatchObject([
      { type: 'dress', colour: '#b4232f', pattern: 'dots' },
      { type: 'blazer', colour: '#f1efea' },
    ])
    expect(understandPrompt('тренч с поясом и белая футболка').pieces).toMatchObject([
      { type: 'trench', details: ['belt'] },
      { type: 't_shirt', colour: '#f1efea' },
    ])
  })

  it('keeps at most four', () => {
    expect(understandPrompt('платье, юбка, брюки, пальто, свитер, худи').pieces).toHaveLength(4)
  })
})

describe('what is not understood', () => {
  it('is reported word by word, without fillers', () => {
    const wish = understandPrompt('хочу белую футболку с принтом дракона')
    expect(wish.ignored).toEqual(['принтом', 'дракона'])
  })

  it('is everything when no garment is named: nothing counts as understood', () => {
    const wish = understandPrompt('красный закат над степью')
    expect(wish).toEqual({
      pieces: [],
      wearer: null,
      understood: [],
      ignored: ['красный', 'закат', 'степью'],
    })
  })

  it('does not take lookalikes: earrings, Serbia and squirrel are neither grey nor white', () => {
    expect(understandPrompt('футболка серьги Сербии белка').ignored).toEqual(['серьги', 'Сербии', 'белка'])
  })

  it('stays small and fast for hostile input', () => {
    const noise = [
      '🧥'.repeat(1000),
      '<svg onload=alert(1)><script>x</script></svg>'.repeat(30),
      'a'.repeat(100_000),
      '\u0000\u0007\u001b[31m\u202e платье',
      'платье '.repeat(3000),
      "'; drop table products; --",
    ]
    for (const text of noise) {
      const started = performance.now()
      const wish = understandPrompt(text)
      expect(performance.now() - started).toBeLessThan(1500)
      expect(wish.pieces.length).toBeLessThanOrEqual(4)
      expect(wish.ignored.length).toBeLessThanOrEqual(40)
      expect(wish.understood.length).toBeLessThanOrEqual(40)
      for (const word of wish.ignored) expect(word).toMatch(/^[\p{L}\p{N}]{1,40}$/u)
    }
    expect(understandPrompt('\u0000\u0007 платье').pieces).toHaveLength(1)
  })
})

it('has a Russian word for every garment the renderer can draw', () => {
  const russian = [
    'футболка',
    'лонгслив',
    'майка',
    'поло',
    'рубашка',
    'блузка',
    'туника',
    'свитер',
    'кардиган',
    'худи',
    'свитшот',
    'куртка',
    'джинсовка',
    'косуха',
    'пуховик',
    'пиджак',
    'пальто',
    'тренч',
    'жилет',
    'чапан',
    'платье',
    'сарафан',
    'платье-рубашка',
    'платье с запахом',
    'вечернее платье',
    'вязаное платье',
    'юбка',
    'юбка-карандаш',
    'плиссированная юбка',
    'джинсовая юбка',
    'брюки',
    'джинсы',
    'джоггеры',
    'шорты',
    'леггинсы',
    'комбинезон',
  ]
  expect(russian.map((word) => first(word)?.type)).toEqual(garmentTypes)
})

it('has words in Kazakh and English for every garment too', () => {
  for (const entry of garmentWords) {
    for (const phrases of [entry.kk, entry.en]) {
      const [spoken = ''] = phrases.split('|')
      expect(first(spoken.replaceAll('*', ''))?.type, spoken).toBe(entry.value)
    }
  }
})

it('counts one missing, extra, wrong or swapped letter as one edit', () => {
  expect(isOneEditApart('рубшак', 'рубашк')).toBe(true)
  expect(isOneEditApart('рубшка', 'рубашка')).toBe(true)
  expect(isOneEditApart('рубаашка', 'рубашка')).toBe(true)
  expect(isOneEditApart('рубошка', 'рубашка')).toBe(true)
  expect(isOneEditApart('рабошка', 'рубашка')).toBe(false)
})
