import { textsHook } from './texts.ts'

type UiTexts = {
  close: string
  cancel: string
  loading: string
  back: string
  retry: string
  optional: string
}

/** The few words that every page needs. */
export const useUiTexts = textsHook<UiTexts>({
  ru: {
    close: 'Закрыть',
    cancel: 'Отмена',
    loading: 'Загрузка…',
    back: 'Назад',
    retry: 'Повторить',
    optional: 'необязательно',
  },
  kk: {
    close: 'Жабу',
    cancel: 'Бас тарту',
    loading: 'Жүктелуде…',
    back: 'Артқа',
    retry: 'Қайталау',
    optional: 'міндетті емес',
  },
  en: {
    close: 'Close',
    cancel: 'Cancel',
    loading: 'Loading…',
    back: 'Back',
    retry: 'Try again',
    optional: 'optional',
  },
})
