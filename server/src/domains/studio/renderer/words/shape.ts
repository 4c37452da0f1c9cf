import type { Detail, Fit, Leg, Length, Neck, Sleeve, Wearer } from '../spec.ts'
import { entries, type Row } from './entry.ts'

const sleeves: readonly Row<Sleeve>[] = [
  ['long', 'длинный рукав', 'ұзын жең', 'long sleeves', 'длинн+ рукав*|рукав* длинн+', 'ұзын жең*', 'long sleeve*|long sleeved'],
  ['short', 'короткий рукав', 'қысқа жең', 'short sleeves', 'коротк+ рукав*|рукав* коротк+', 'қысқа жең*', 'short sleeve*|short sleeved'],
  ['three_quarter', 'рукав три четверти', 'үштен төрт жең', 'three-quarter sleeves', 'рукав* три четверт*|рукав* 3 4|рукав* до локт*', 'жартылай жең*', 'three quarter sleeve*|3 4 sleeve*|elbow sleeve*|half sleeve*'],
  ['none', 'без рукавов', 'жеңсіз', 'sleeveless', 'без рукав*|безрукавн+', 'жеңсіз', 'sleeveless|without sleeves|no sleeves'],
  ['straps', 'на бретелях', 'баулы', 'strappy', 'бретел*|бретельк*|лямк*|лямок', 'баулы|иық баулы', 'strap*|strappy|spaghetti'],
  ['puff', 'рукав-фонарик', 'үрмелі жең', 'puff sleeves', 'рукав* фонарик*|фонарик*|пышн+ рукав*|объемн+ рукав*', 'үрмелі жең*|шам жең*', 'puff sleeve*|puffy sleeve*|balloon sleeve*'],
  ['wide', 'расклёшенный рукав', 'кең жең', 'flared sleeves', 'расклешенн+ рукав*|широк+ рукав*|рукав* клеш*', 'кең жең*', 'bell sleeve*|flared sleeve*|wide sleeve*'],
]
export const sleeveWords = entries(sleeves)

const necks: readonly Row<Neck>[] = [
  ['crew', 'круглый вырез', 'дөңгелек жаға', 'crew neck', 'кругл+ вырез*|кругл+ горловин*|кругл+ ворот*', 'дөңгелек жаға*|дөңгелек ойық*', 'crew neck*|round neck*|crewneck'],
  ['v', 'V-образный вырез', 'V-тәрізді ойық', 'V-neck', 'v образн+|v образн+ вырез*|в образн+ вырез*|треугольн+ вырез*|мыс', 'v тәрізді|v ойық*|v тәрізді ойық*', 'v neck*|v necked|vneck*'],
  ['scoop', 'глубокий вырез', 'терең ойық', 'scoop neck', 'глубок+ вырез*|вырез*|декольте', 'терең ойық*|ойық*', 'scoop|scoop neck*|deep neckline|low neck*'],
  ['boat', 'вырез лодочка', 'қайық ойық', 'boat neck', 'вырез* лодочк*|лодочк*', 'қайық ойық*', 'boat neck*|bateau'],
  ['square', 'квадратный вырез', 'шаршы ойық', 'square neck', 'квадратн+ вырез*|каре', 'шаршы ойық*', 'square neck*'],
  ['turtle', 'высокое горло', 'биік жаға', 'turtleneck', 'высок+ горл*|горл*|под горло|высок+ ворот*|водолазк*|водолазок|гольф', 'биік жаға*|водолазка*', 'turtleneck*|turtle neck*|high neck*|roll neck*|mock neck*'],
  ['collar', 'отложной воротник', 'қайырма жаға', 'collar', 'воротник*|воротнич*|отложн+ воротник*', 'жаға*|қайырма жаға*', 'collar*|collared'],
  ['stand', 'воротник-стойка', 'тік жаға', 'stand collar', 'воротник* стойк*|стойк*', 'тік жаға*', 'stand collar*|mandarin collar*|band collar*|grandad collar*'],
]
export const neckWords = entries(necks)

const fits: readonly Row<Fit>[] = [
  ['slim', 'приталенный', 'қыналған', 'slim fit', 'приталенн+|облегающ+|обтягивающ+|в обтяжк*|слим', 'қыналған|тар|жабысқан', 'slim|slim fit|fitted|tight|bodycon'],
  ['oversize', 'оверсайз', 'кең пішім', 'oversized', 'оверсайз|оверсайзн+|свободн+|широк+|объемн+|мешковат+|просторн+', 'оверсайз|кең|бос', 'oversize|oversized|loose|baggy|relaxed|boxy'],
  ['regular', 'прямой крой', 'тік пішім', 'regular fit', 'пряму+ крой|прям+ кро*|классическ+ кро*', 'тік пішім*', 'regular fit|straight fit|classic fit'],
]
export const fitWords = entries(fits)

const lengths: readonly Row<Length>[] = [
  ['mini', 'мини', 'мини', 'mini', 'мини|кроп|укороченн+|кроп топ*', 'мини|өте қысқа', 'mini|crop|cropped|crop top*'],
  ['short', 'короткий', 'қысқа', 'short', 'коротк+|до бедр*', 'қысқа', 'short'],
  ['midi', 'миди', 'миди', 'midi', 'миди|до колен*|ниже колен*|удлиненн+', 'миди|тізеге дейін|тізе*', 'midi|knee length|mid length'],
  ['maxi', 'макси', 'макси', 'maxi', 'макси|в пол|до пола|длинн+', 'макси|ұзын|еденге дейін', 'maxi|long|floor length|full length'],
]
export const lengthWords = entries(lengths)

const legs: readonly Row<Leg>[] = [
  ['skinny', 'зауженные', 'тар балақ', 'skinny', 'скинни|зауженн+|узк+', 'скинни|тар балақ*', 'skinny|tapered'],
  ['straight', 'прямые', 'тік балақ', 'straight', 'прям+|пряма+', 'тік|тік балақ*', 'straight|straight leg'],
  ['wide', 'широкие', 'кең балақ', 'wide leg', 'палаццо|брюк* палаццо|широк+ штанин*|трубы', 'кең балақ*|палаццо', 'wide leg*|palazzo*|palazzo pants|barrel'],
  ['flare', 'клёш', 'кеңейтілген балақ', 'flared', 'клеш|клеша|расклешенн+', 'клеш|кеңейген', 'flare*|flared|bootcut|bell bottom*'],
]
export const legWords = entries(legs)

const details: readonly Row<Detail>[] = [
  ['pockets', 'карманы', 'қалталар', 'pockets', 'карман*|карманчик*|накладн+ карман*|карго', 'қалта*|қалталы', 'pocket*|cargo'],
  ['buttons', 'пуговицы', 'түймелер', 'buttons', 'пуговиц*|пуговк*|пуговок', 'түйме*|түймелі', 'button*|buttoned'],
  ['zip', 'молния', 'сыдырма', 'zip', 'молни*|замк*|застежк* молни*|зип', 'сыдырма*|ілгек*', 'zip|zipper*|zipped|zip up'],
  ['belt', 'пояс', 'белбеу', 'belt', 'пояс*|ремен*|ремн*|поясок|кушак*', 'белбеу*|белдік*', 'belt*|belted|sash'],
  ['hood', 'капюшон', 'капюшон', 'hood', 'капюшон*', 'капюшон*|күләпара*', 'hood*|hooded'],
  ['ruffles', 'оборки', 'желбір', 'ruffles', 'оборк*|оборок|рюш*|волан*', 'желбір*|бүрме*', 'ruffle*|ruffled|frill*|flounce*'],
  ['slit', 'разрез', 'тілік', 'slit', 'разрез*', 'тілік*', 'slit*'],
  ['pleats', 'складки', 'бүктеме', 'pleats', 'плиссе|плиссированн+|складк*|складочк*|складок|защип*', 'бүктеме*|бүрмелі|плиссе', 'pleat*|pleated'],
  ['cable', 'косы', 'бұрым өрнек', 'cable knit', 'коса|косами|косы|косичк*|аран*', 'бұрым*', 'cable|cable knit|braided|aran'],
  ['cuffs', 'манжеты', 'манжет', 'cuffs', 'манжет*|резинк*', 'манжет*|резеңке*', 'cuff*|cuffed'],
  ['double_breasted', 'двубортный', 'қос өңірлі', 'double-breasted', 'двубортн+', 'қос өңірлі', 'double breasted'],
  ['distressed', 'рваные', 'жыртық', 'distressed', 'рван+|дыр*|дырк*|потерт+|потертост*', 'жыртық|тозған', 'distressed|ripped|torn|faded|washed'],
  ['fur', 'мех', 'аң терісі', 'fur', 'мех|меха|мехом|мехов+|меховой воротник*', 'үлбір*|аң терісі|мех', 'fur|faux fur|shearling'],
  ['high_waist', 'высокая посадка', 'биік белді', 'high waist', 'высок+ посадк*|высок+ тали*|завышенн+ тали*', 'биік бел*|биік белді', 'high waist*|high waisted|high rise'],
  ['drawstring', 'шнурок', 'бау', 'drawstring', 'шнурк*|шнурок|кулиск*|завязк*|завязок', 'бау|баумен|шнурок*', 'drawstring*|lace up|tie waist'],
]
export const detailWords = entries(details)

const wearers: readonly Row<Wearer>[] = [
  ['women', 'женская модель', 'әйелдер үлгісі', "women's", 'женск+|девушк*|девушек|женщин*|дама|дамы|дамск+', 'әйел*|қыз*|бойжеткен*|қыз бала', 'woman|women|womens|female|girl*|lady|ladies'],
  ['men', 'мужская модель', 'ерлер үлгісі', "men's", 'мужск+|мужчин*|парень|парня|парню|юнош*', 'ер|ерлер*|еркек*|жігіт*|ер адам', 'man|men|mens|male|guy*|gentleman'],
  ['kids', 'детская модель', 'балалар үлгісі', "kids'", 'детск+|ребенок|ребенк*|дети|детей|мальчик*|девочк*|девочек|подростк*', 'бала*|балалар*|ұл бала', 'kid*|child|children|childrens|boy*|toddler*'],
]
export const wearerWords = entries(wearers)
