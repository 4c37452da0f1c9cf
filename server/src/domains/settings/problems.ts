import type { LocalizedText } from '#kernel/locale.ts'
import { invalidState, type Problem, validationFailed } from '#kernel/problem.ts'
import { SETTINGS, type SettingKey } from './model.ts'

/** 422: says what would fit. */
export function unfitValue(key: SettingKey): Problem {
  return validationFailed([{ field: 'value', code: 'invalid_value', message: fitting(key) }])
}

/** 422: path and body speak of two settings. */
export function otherKey(): Problem {
  const message = {
    ru: 'Ключ в адресе и в теле запроса не совпадает',
    kk: 'Мекенжайдағы және сұрау денесіндегі кілт сәйкес келмейді',
    en: 'The key of the address and that of the body differ',
  }
  return validationFailed([{ field: 'key', code: 'mismatch', message }])
}

/** 409: what the caller has seen is not what it is now. */
export function changedMeanwhile(present: { value: string; version: number }): Problem {
  return invalidState(
    {
      ru: `Настройку тем временем изменили, сейчас там ${present.value}. Проверьте и повторите`,
      kk: `Баптау осы арада өзгертілген, қазір ондағы мән: ${present.value}. Тексеріп, қайталаңыз`,
      en: `The setting has been changed meanwhile, it is ${present.value} now. Please check and try again`,
    },
    { current_value: present.value, current_version: present.version },
  )
}

/** 409: it could be asked for, but this build takes no such value. */
export function noLongerFits(key: SettingKey): Problem {
  return invalidState(fitting(key))
}

function fitting(key: SettingKey): LocalizedText {
  const { type, min, max } = SETTINGS[key]
  if (type === 'bool')
    return { ru: 'Только true или false', kk: 'Тек true немесе false', en: 'Only true or false' }
  const range = `${min}–${max}`
  if (type === 'int') {
    return { ru: `Целое число ${range}`, kk: `Бүтін сан ${range}`, en: `A whole number, ${range}` }
  }
  return {
    ru: `Число ${range}, не больше двух знаков после точки`,
    kk: `Сан ${range}, нүктеден кейін екі таңбадан аспайды`,
    en: `A number, ${range}, with at most two decimals`,
  }
}
