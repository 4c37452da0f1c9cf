import type { RefusalCode } from './refusal.ts'

export type AdviceLanguage = 'ru' | 'kk' | 'en'

/** What to change so that it works next time: one or two sentences to the person, no blame, no jargon. */
export const advice: Record<RefusalCode, Record<AdviceLanguage, string>> = {
  image_unreadable: {
    ru: 'Файл не удалось прочитать. Загрузите фото в формате JPEG, PNG или WebP.',
    kk: 'Файлды оқу мүмкін болмады. JPEG, PNG немесе WebP форматындағы фото жүктеңіз.',
    en: 'The file could not be read. Please upload a JPEG, PNG or WebP photo.',
  },
  image_too_large: {
    ru: 'Изображение слишком большое. Уменьшите его до 50 мегапикселей или меньше.',
    kk: 'Сурет тым үлкен. Оны 50 мегапиксельге дейін кішірейтіңіз.',
    en: 'The picture is too large. Please reduce it to 50 megapixels or less.',
  },
  too_small: {
    ru: 'Фигура на фото слишком маленькая. Подойдите ближе или загрузите снимок покрупнее.',
    kk: 'Фотодағы тұлға тым кішкентай. Жақынырақ тұрыңыз немесе үлкенірек фото жүктеңіз.',
    en: 'The person in the photo is too small. Step closer or upload a larger picture.',
  },
  no_person: {
    ru: 'Человек на фото не найден. Снимите себя целиком, стоя лицом к камере, на простом фоне.',
    kk: 'Фотодан адам табылмады. Қарапайым фонда камераға қарап тұрып, толық бойыңызбен түсіңіз.',
    en: 'No person was found. Take a photo standing and facing the camera, in front of a plain background.',
  },
  several_people: {
    ru: 'На фото несколько человек. Загрузите снимок, где вы одни.',
    kk: 'Фотода бірнеше адам бар. Өзіңіз ғана түскен фото жүктеңіз.',
    en: 'There are several people in the photo. Please upload one with only you in it.',
  },
  back_view: {
    ru: 'Вы стоите спиной к камере. Повернитесь лицом.',
    kk: 'Сіз камераға арқаңызбен тұрсыз. Бетіңізбен бұрылыңыз.',
    en: 'You are standing with your back to the camera. Please face it.',
  },
  face_hidden: {
    ru: 'Лицо не видно. Снимите себя так, чтобы лицо было открыто и попало в кадр.',
    kk: 'Бет көрінбейді. Бетіңіз ашық әрі кадрда болатындай түсіңіз.',
    en: 'Your face is not visible. Take a photo with the face uncovered and in the frame.',
  },
  arms_hidden: {
    ru: 'Руки не видны. Опустите их вдоль тела и немного отведите в стороны.',
    kk: 'Қолдарыңыз көрінбейді. Оларды дене бойымен түсіріп, сәл жан-жаққа алыңыз.',
    en: 'Your arms are not visible. Let them hang down, slightly away from the body.',
  },
  hips_out_of_frame: {
    ru: 'Снимок обрезан. В кадр должны попасть голова, руки и бёдра.',
    kk: 'Фото қиылған. Кадрға бас, қол және жамбас түгел түсуі керек.',
    en: 'The photo is cut off. Head, arms and hips must be in the frame.',
  },
  pose_unusual: {
    ru: 'Эта поза пока не подходит. Встаньте прямо, лицом к камере, руки вдоль тела.',
    kk: 'Бұл қалып әзірге жарамайды. Камераға қарап тік тұрып, қолыңызды түсіріңіз.',
    en: 'This pose does not work yet. Stand straight, face the camera and let your arms hang down.',
  },
  clothes_unclear: {
    ru: 'Не удалось понять, где одежда. Снимитесь при хорошем свете, в одежде, которая отличается от фона.',
    kk: 'Киімді ажырату мүмкін болмады. Жарық жерде, фоннан ерекшеленетін киіммен түсіңіз.',
    en: 'Your clothes could not be told apart. Use good light and clothes that differ from the background.',
  },
  garment_not_found: {
    ru: 'Вещь на снимке товара не найдена. Нужен снимок одной вещи целиком, спереди, на ровном фоне.',
    kk: 'Тауар суретінен киім табылмады. Бір киімнің алдыңғы жағы біркелкі фонда толық көрінуі керек.',
    en: 'No garment was found in the product picture. It should show one whole garment from the front on a plain background.',
  },
  garment_kind_unsupported: {
    ru: 'Эту вещь пока нельзя примерить: работают футболки, рубашки, свитеры, худи и другой верх.',
    kk: 'Бұл киімді әзірге киіп көру мүмкін емес: футболка, жейде, свитер, худи сияқты үстіңгі киім ғана жарайды.',
    en: 'This garment cannot be tried on yet: T-shirts, shirts, sweaters, hoodies and other tops work.',
  },
}
