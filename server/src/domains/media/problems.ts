import { Problem, validationFailed } from '#kernel/problem.ts'

export function unsupportedMedia(): Problem {
  return new Problem({
    status: 415,
    code: 'unsupported_media',
    title: 'Not a supported picture',
    detail: {
      ru: 'Подходят только изображения JPEG, PNG и WebP',
      kk: 'Тек JPEG, PNG және WebP суреттері жарамды',
      en: 'Only JPEG, PNG and WebP pictures are accepted',
    },
  })
}

export function fileTooLarge(bytes_max: number): Problem {
  const megabytes = Math.floor(bytes_max / 1_048_576)
  return new Problem({
    status: 413,
    code: 'file_too_large',
    title: 'The file is too large',
    detail: {
      ru: `Файл слишком большой: не более ${megabytes} МБ`,
      kk: `Файл тым үлкен: ең көбі ${megabytes} МБ`,
      en: `The file is too large: ${megabytes} MB at most`,
    },
    extra: { max_bytes: bytes_max },
  })
}

export function tooManyPixels(field: string): Problem {
  return validationFailed([
    {
      field,
      code: 'too_many_pixels',
      message: {
        ru: 'Слишком большое изображение: не более 40 мегапикселей',
        kk: 'Сурет тым үлкен: ең көбі 40 мегапиксель',
        en: 'The picture is too large: 40 megapixels at most',
      },
    },
  ])
}

export function unreadablePicture(field: string): Problem {
  return validationFailed([
    {
      field,
      code: 'unreadable_picture',
      message: {
        ru: 'Не удалось прочитать изображение: файл повреждён',
        kk: 'Суретті оқу мүмкін болмады: файл бүлінген',
        en: 'The picture cannot be read: the file is damaged',
      },
    },
  ])
}

export function noFile(): Problem {
  return new Problem({
    status: 400,
    code: 'bad_request',
    title: 'No file was sent',
    detail: { ru: 'Приложите файл', kk: 'Файл тіркеңіз', en: 'Please attach a file' },
  })
}

export function unexpectedPart(field: string): Problem {
  return validationFailed([
    {
      field,
      code: 'unexpected_field',
      message: { ru: 'Лишнее поле формы', kk: 'Форманың артық өрісі', en: 'Unexpected form field' },
    },
  ])
}

export function tooManyFiles(field: string, count_max: number): Problem {
  return validationFailed([
    {
      field,
      code: 'too_many_files',
      message: {
        ru: `Слишком много файлов: не более ${count_max}`,
        kk: `Файлдар тым көп: ең көбі ${count_max}`,
        en: `Too many files: ${count_max} at most`,
      },
    },
  ])
}

export function linkNotValid(): Problem {
  return new Problem({
    status: 403,
    code: 'link_not_valid',
    title: 'The signed link is missing, altered or expired',
    detail: {
      ru: 'Ссылка недействительна или устарела',
      kk: 'Сілтеме жарамсыз немесе мерзімі өткен',
      en: 'The link is not valid or has expired',
    },
  })
}

export function consentRequired(document: string): Problem {
  return new Problem({
    status: 403,
    code: 'consent_required',
    title: 'Consent is needed first',
    detail: {
      ru: 'Сначала дайте согласие на обработку фотографий',
      kk: 'Алдымен фотосуреттерді өңдеуге келісім беріңіз',
      en: 'Please consent to the processing of photos first',
    },
    extra: { document },
  })
}

export function storageFull(): Problem {
  return new Problem({
    status: 409,
    code: 'storage_full',
    title: 'The storage quota of the account is used up',
    detail: {
      ru: 'Место для изображений закончилось: удалите ненужные',
      kk: 'Суреттерге арналған орын таусылды: қажетсіздерін жойыңыз',
      en: 'No room for more pictures: please delete some',
    },
  })
}

export function sentTooMuch(retry_after_s: number): Problem {
  return new Problem({
    status: 429,
    code: 'rate_limited',
    title: 'Daily upload volume reached',
    detail: {
      ru: 'Дневной объём загрузок исчерпан, попробуйте завтра',
      kk: 'Күндік жүктеу көлемі таусылды, ертең қайталап көріңіз',
      en: 'The daily upload volume is used up, please try again tomorrow',
    },
    retry_after_s,
  })
}
