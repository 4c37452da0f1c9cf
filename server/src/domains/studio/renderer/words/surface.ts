import type { FabricName, PatternName } from '../spec.ts'
import { entries, type Row } from './entry.ts'

const patterns: readonly Row<PatternName>[] = [
  ['plain', 'однотонный', 'бір түсті', 'plain', 'однотонн+|гладк+|без рисунк*|без принт*', 'бір түсті|өрнексіз', 'plain|solid|solid color'],
  ['stripes', 'полоска', 'жолақ', 'stripes', 'полоск*|полос*|полосат+|тельняшк*|морск+ полоск*', 'жолақ*|жолақты', 'stripe*|striped|stripy|breton'],
  ['vertical_stripes', 'вертикальная полоска', 'тік жолақ', 'vertical stripes', 'вертикальн+ полоск*|тонк+ полоск*', 'тік жолақ*', 'vertical stripe*|pinstripe*|pin stripe*'],
  ['dots', 'горошек', 'нүктелі өрнек', 'polka dots', 'горош*|горошк*|горошек|горох*|крапинк*', 'нүкте*|бұршақ*|дөңгелек*', 'polka|polka dot*|dot*|dotted|spotted'],
  ['plaid', 'клетка', 'торкөз', 'plaid', 'клетк*|клетчат+|шотландк*|тартан*', 'торкөз*|шаршы*|тор көз*', 'plaid*|check*|checked|checkered|tartan*'],
  ['gingham', 'мелкая клетка', 'ұсақ торкөз', 'gingham', 'мелк+ клетк*|клетк* виши|виши', 'ұсақ торкөз*', 'gingham|vichy'],
  ['houndstooth', 'гусиная лапка', 'қаз табан', 'houndstooth', 'гусин+ лапк*|пепита', 'қаз табан*', 'houndstooth|dogtooth|pepita'],
  ['floral', 'цветочный рисунок', 'гүлді өрнек', 'floral', 'цветочн+|цветк*|цветоч*|цветами|в цветы|цветастый|цветаст+|ромашк*|розочк*', 'гүл*|гүлді|шешек*|раушан*', 'floral*|flower*|flowery|botanical'],
  ['ornament', 'казахский орнамент', 'қазақ оюы', 'Kazakh ornament', 'орнамент*|казахск+ орнамент*|национальн+ орнамент*|этническ+|национальн+|узор*', 'ою*|өрнек*|өрнег*|ою өрнек*|қошқар мүйіз*|ұлттық', 'ornament*|ethnic|kazakh ornament*|ornamental'],
  ['leopard', 'леопард', 'қабылан өрнегі', 'leopard', 'леопард*|леопардов+|животн+ принт*', 'қабылан*|леопард*|барыс*', 'leopard|animal print|cheetah'],
  ['zebra', 'зебра', 'зебра', 'zebra', 'зебр*', 'зебра*', 'zebra'],
  ['camouflage', 'камуфляж', 'камуфляж', 'camouflage', 'камуфляж*|камуфляжн+|милитари', 'камуфляж*', 'camo|camouflage|military print'],
  ['hearts', 'сердечки', 'жүректер', 'hearts', 'сердечк*|сердец|сердца|сердцами|сердечек', 'жүрек*', 'heart*'],
  ['stars', 'звёзды', 'жұлдыздар', 'stars', 'звезд*|звездочк*|звездочек', 'жұлдыз*', 'star*|starry'],
  ['paisley', 'огурцы (пейсли)', 'пейсли', 'paisley', 'пейсли|восточн+ огурц*|турецк+ огурц*', 'пейсли|бадам өрнек*', 'paisley'],
  ['tie_dye', 'тай-дай', 'тай-дай', 'tie-dye', 'тай дай|варенк*|градиент*|омбре', 'тай дай|градиент*', 'tie dye|tie dyed|ombre|gradient'],
  ['color_block', 'колорблок', 'түс блоктары', 'colour block', 'колорблок*|двухцветн+|цветн+ блок*', 'екі түсті|колорблок*', 'color block*|colour block*|two tone|two color|two colour'],
]

export const patternWords = entries(patterns)

const fabrics: readonly Row<FabricName>[] = [
  ['cotton', 'хлопок', 'мақта', 'cotton', 'хлопок|хлопк*|хлопков+|хлопчатобумажн+|ситц*|сатинов+ хлопк*|поплин*', 'мақта*|мақта мата*', 'cotton|jersey|poplin'],
  ['denim', 'деним', 'деним', 'denim', 'деним*|денимов+|джинсов+|из джинс*', 'деним*|джинс мата*', 'denim'],
  ['knit', 'вязка', 'тоқыма', 'knit', 'вязан+|вязк*|трикотаж*|трикотажн+|крупн+ вязк*', 'тоқыма*|тоқылған|трикотаж*', 'knit|knitted|knitting|ribbed|chunky'],
  ['linen', 'лён', 'зығыр', 'linen', 'лен|льна|льняная|льнян+|из льна', 'зығыр*', 'linen|flax'],
  ['leather', 'кожа', 'былғары', 'leather', 'кож*|кожан+|эко кож*|экокож*', 'былғары*|тері*', 'leather|faux leather|vegan leather'],
  ['suede', 'замша', 'күдері', 'suede', 'замш*|замшев+|нубук*', 'күдері*|замша*', 'suede'],
  ['velvet', 'бархат', 'барқыт', 'velvet', 'бархат*|бархатн+|велюр*|велюров+', 'барқыт*|мақпал*', 'velvet|velour'],
  ['silk', 'шёлк', 'жібек', 'silk', 'шелк*|шелков+|атлас*|атласн+|сатин*', 'жібек*|атлас*', 'silk|silky|satin'],
  ['wool', 'шерсть', 'жүн', 'wool', 'шерст*|шерстян+|кашемир*|кашемиров+|твид*|твидов+|драп*|драпов+', 'жүн*|кашемир*|твид*', 'wool|woolen|woollen|cashmere|tweed'],
  ['fleece', 'флис', 'флис', 'fleece', 'флис*|флисов+|плюш*|плюшев+|футер*', 'флис*|плюш*', 'fleece|plush|teddy|french terry'],
  ['corduroy', 'вельвет', 'вельвет', 'corduroy', 'вельвет*|вельветов+', 'вельвет*', 'corduroy|cord'],
  ['chiffon', 'шифон', 'шифон', 'chiffon', 'шифон*|шифонов+|воздушн+|полупрозрачн+', 'шифон*', 'chiffon|sheer|airy|organza'],
  ['nylon', 'нейлон', 'нейлон', 'nylon', 'нейлон*|нейлонов+|болонь*|плащевк*|синтетик*|синтетическ+|полиэстер*', 'нейлон*|синтетика*', 'nylon|polyester|synthetic'],
]

export const fabricWords = entries(fabrics)
