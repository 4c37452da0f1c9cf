import type { SeedReview } from './types.ts'

/** Names shown beside reviews; comments are in Russian and Kazakh, as in the shops' own towns. */
export const seedReviewers: readonly string[] = [
  'Аружан',
  'Мария',
  'Жанна',
  'Ерасыл',
  'Алексей',
  'Сауле',
  'Тимур',
  'Ольга',
  'Нұрлан',
  'Камила',
  'Дмитрий',
  'Айдана',
]

export const seedReviews: Readonly<Record<string, readonly SeedReview[]>> = {
  'futbolka-molochnaya': [
    { rating: 5, comment: 'Плотная, не просвечивает. После пяти стирок как новая.' },
    { rating: 5, comment: 'Матасы өте жұмсақ, өлшемі дәл келді.' },
    { rating: 4, comment: 'Хорошая база, но молочный оттенок теплее, чем на фото.' },
  ],
  'futbolka-v-polosku': [
    { rating: 5, comment: 'Полоска ровная, по швам сходится. Взяла вторую.' },
    { rating: 4, comment: 'Села в плечах чуть уже, чем ждала, но красиво.' },
  ],
  'futbolka-oversize-terrakota': [{ rating: 5, comment: 'Цвет бомба, ношу с белыми джинсами.' }],
  'longsliv-grafit': [
    { rating: 4, comment: 'Рукав длинный, как обещали. Цвет тёмно-серый, не чёрный.' },
    { rating: 5, comment: 'Денеге жақсы отырады, терлетпейді.' },
  ],
  'mayka-belaya': [{ rating: 4, comment: 'Под рубашку то, что нужно. Белая немного просвечивает.' }],
  'rubashka-golubaya': [
    { rating: 5, comment: 'Гладится за минуту, на работе хвалят.' },
    { rating: 5, comment: 'Воротник стоит хорошо даже без пуговицы.' },
  ],
  'bluzka-shyolkovaya': [
    { rating: 5, comment: 'Шёлк настоящий, проверила. Очень женственная вещь.' },
    { rating: 3, comment: 'Красивая, но требует бережной стирки, имейте в виду.' },
  ],
  'bluzka-v-goroshek': [
    { rating: 5, comment: 'Рукава-фонарики держат форму. Муж спросил, где такая же для мамы.' },
  ],
  'sviter-kosy-moloko': [
    { rating: 5, comment: 'Не колется совсем, косы объёмные. Зимой в Астане спас.' },
    { rating: 5, comment: 'Өте жылы, қыста таптырмайтын зат.' },
    { rating: 4, comment: 'Рукава длинноваты на рост 158, подвернула.' },
  ],
  'vodolazka-shokolad': [{ rating: 5, comment: 'Тонкая и тёплая, под жакет идеально.' }],
  'kardigan-seryy': [
    { rating: 4, comment: 'Карманы удобные, пуговицы крупные. Немного скаталось на локтях.' },
  ],
  'hudi-lavanda': [
    { rating: 5, comment: 'Цвет нежный, капюшон плотный и держит форму.' },
    { rating: 4, comment: 'Хорошее худи, взяла на размер больше и не жалею.' },
  ],
  'plate-krasnoe-goroshek': [
    { rating: 5, comment: 'Надела на день рождения, комплименты весь вечер.' },
    { rating: 5, comment: 'Көйлек керемет, белі қыналып тұрады.' },
    { rating: 4, comment: 'Юбка пышная, без подклада. Ткань приятная.' },
  ],
  'plate-s-zapahom-tsvety': [
    { rating: 5, comment: 'Запах не расходится, пояс держит. Цветы яркие.' },
    { rating: 4, comment: 'На высокий рост коротковато, но я ношу с брюками.' },
  ],
  'sarafan-lnyanoy': [{ rating: 5, comment: 'Лён мягкий, карманы глубокие. В жару спасение.' }],
  'plate-vechernee-izumrud': [
    { rating: 5, comment: 'На той надела, фотографии получились волшебные.' },
    { rating: 5, comment: 'Цвет глубокий, посадка как у портного.' },
  ],
  'plate-rubashka-goluboe': [{ rating: 4, comment: 'Удобно и строго. Пояс бы чуть пошире.' }],
  'yubka-plisse-bezhevaya': [
    { rating: 5, comment: 'Складка держится, стирала в мешке на деликатном.' },
    { rating: 4, comment: 'Әдемі, бірақ белі сәл кең екен.' },
  ],
  'dzhinsy-pryamye-indigo': [
    { rating: 5, comment: 'Плотный деним, посадка высокая, живот держит.' },
    { rating: 5, comment: 'Наконец прямые джинсы, которые не длинные в шаге.' },
    { rating: 3, comment: 'Первые две стирки красят, стирайте отдельно.' },
  ],
  'bryuki-palatstso': [{ rating: 5, comment: 'Падают красиво, не мнутся в дороге.' }],
  'palto-kemel': [
    { rating: 5, comment: 'Тёплое, носила до минус десяти со свитером.' },
    { rating: 5, comment: 'Пальто сапалы, тігісі таза.' },
  ],
  'trench-bezhevyy': [{ rating: 4, comment: 'Держит дождь, как написано. Рукав пришлось подшить.' }],
  kosuha: [{ rating: 5, comment: 'Кожа мягкая, молния крупная. Сидит как влитая.' }],
  'puhovik-stalnoy': [
    { rating: 4, comment: 'Лёгкий и тёплый, но карманы мелкие.' },
    { rating: 5, comment: 'Жеңіл әрі жылы, ұнады.' },
  ],
  'muzh-futbolka-chyornaya': [
    { rating: 5, comment: 'Взял три сразу. Чёрная не сереет.' },
    { rating: 5, comment: 'Хорошая плотность, плечи на месте.' },
  ],
  'polo-temno-zelyonoe': [{ rating: 4, comment: 'Хорошее поло, воротник не закручивается.' }],
  'muzh-rubashka-belaya': [
    { rating: 5, comment: 'Ношу под костюм каждый день, вид не теряет.' },
    { rating: 4, comment: 'Ақ көйлек жақсы, бірақ үтіктеу керек.' },
  ],
  'muzh-sviter-siniy': [{ rating: 5, comment: 'Плотный, без ворса. Размер в размер.' }],
  'muzh-dzhinsy-sinie': [{ rating: 5, comment: 'Крой прямой, строчка аккуратная. Пятый месяц ношу.' }],
  'muzh-palto-grafit': [{ rating: 4, comment: 'Тяжёлое и тёплое, настоящая зима.' }],
  'chapan-bordovyy': [
    { rating: 5, comment: 'Шапан өте әдемі, әкеме сыйладым, қатты қуанды.' },
    { rating: 5, comment: 'Бархат плотный, кайма вышита чисто. На той лучшего не найти.' },
  ],
  'plate-ornament-biryuza': [
    { rating: 5, comment: 'Ою анық, түсі қанық. Наурызға кидім.' },
    { rating: 4, comment: 'Очень красиво, только на рост 165 подшила шесть сантиметров.' },
  ],
  'det-futbolka-zvyozdy': [{ rating: 5, comment: 'Сын не снимает. Рисунок не трескается.' }],
  'det-dzhinsy': [{ rating: 4, comment: 'Баламызға ұнады, белін реттеуге болады.' }],
}
