import type { Locale, LocalizedText } from '#kernel/locale.ts'

/** Sentences of `Message` answers. */
const TEXTS = {
  logged_out: { ru: 'Вы вышли', kk: 'Сіз шықтыңыз', en: 'You are signed out' },
  logged_out_everywhere: {
    ru: 'Вы вышли на всех устройствах',
    kk: 'Барлық құрылғыдан шықтыңыз',
    en: 'You are signed out everywhere',
  },
  session_ended: { ru: 'Сеанс завершён', kk: 'Сеанс аяқталды', en: 'The session was ended' },
  verification_sent: {
    ru: 'Письмо с кодом отправлено',
    kk: 'Коды бар хат жіберілді',
    en: 'A mail with a code is on its way',
  },
  email_verified: { ru: 'Адрес подтверждён', kk: 'Мекенжай расталды', en: 'The address is confirmed' },
  email_change_sent: {
    ru: 'На новый адрес отправлено письмо с кодом',
    kk: 'Жаңа мекенжайға коды бар хат жіберілді',
    en: 'A mail with a code is on its way to the new address',
  },
  email_changed: { ru: 'Адрес изменён', kk: 'Мекенжай өзгертілді', en: 'The address was changed' },
  reset_requested: {
    ru: 'Если такой аккаунт есть, мы отправили на почту ссылку для смены пароля',
    kk: 'Мұндай аккаунт болса, құпиясөзді ауыстыру сілтемесін поштаға жібердік',
    en: 'If there is such an account, a link to change the password is on its way',
  },
  password_changed: {
    ru: 'Пароль изменён, остальные сеансы завершены',
    kk: 'Құпиясөз өзгертілді, басқа сеанстар аяқталды',
    en: 'The password was changed and the other sessions were ended',
  },
  two_factor_off: {
    ru: 'Второй фактор отключён',
    kk: 'Екінші фактор өшірілді',
    en: 'The second factor is off',
  },
  passkey_removed: {
    ru: 'Ключ доступа удалён',
    kk: 'Кіру кілті жойылды',
    en: 'The passkey was removed',
  },
  avatar_set: { ru: 'Фото обновлено', kk: 'Сурет жаңартылды', en: 'The picture was updated' },
  user_erased: {
    ru: 'Аккаунт удалён. Подтверждение отправлено на почту',
    kk: 'Аккаунт жойылды. Растау поштаға жіберілді',
    en: 'The account was deleted. A confirmation is on its way by e-mail',
  },
  shop_deleted: { ru: 'Магазин удалён', kk: 'Дүкен жойылды', en: 'The shop was deleted' },
  user_deleted: { ru: 'Пользователь удалён', kk: 'Пайдаланушы жойылды', en: 'The user was deleted' },
  totp_removed: {
    ru: 'Приложение с кодами отключено',
    kk: 'Код беретін қолданба өшірілді',
    en: 'The authenticator app was removed',
  },
  other_sessions_ended: {
    ru: 'Остальные сеансы завершены',
    kk: 'Қалған сеанстар аяқталды',
    en: 'The other sessions were ended',
  },
  confirmed: { ru: 'Спасибо, это вы', kk: 'Рахмет, бұл сіз', en: 'Thank you, it is you' },
  shop_approved: { ru: 'Магазин одобрен', kk: 'Дүкен мақұлданды', en: 'The shop was approved' },
  role_changed: { ru: 'Роль изменена', kk: 'Рөл өзгертілді', en: 'The role was changed' },
  user_blocked: {
    ru: 'Аккаунт заблокирован, сеансы завершены',
    kk: 'Аккаунт бұғатталды, сеанстар аяқталды',
    en: 'The account was blocked and its sessions were ended',
  },
  user_unblocked: {
    ru: 'Аккаунт разблокирован',
    kk: 'Аккаунт бұғаттан шығарылды',
    en: 'The account is no longer blocked',
  },
  shops_changed: { ru: 'Готово', kk: 'Дайын', en: 'Done' },
  role_waits: {
    ru: 'Ждёт согласия второго администратора',
    kk: 'Екінші әкімшінің келісімін күтуде',
    en: 'Waits for a second admin to agree',
  },
  shop_rejected: { ru: 'Магазин отклонён', kk: 'Дүкен қабылданбады', en: 'The shop was rejected' },
} as const satisfies Record<string, LocalizedText>

export function text(key: keyof typeof TEXTS, locale: Locale): string {
  return TEXTS[key][locale]
}
