import { standsFor } from "./same-words";
import { stem } from "./words";

/** Words that are said of the same part of life, each line one part: who asks for a pet is answered with a dog. */
const LINES = `
pet animal dog cat puppy kitten rabbit hamster guinea parrot budgie tortoise horse pony fish goldfish breed vet leash paw fur kennel stray adopt haustier tier hund katze kater welpe hase kaninchen pferd tierarzt
food eat meal dish cook cooking recipe dinner lunch breakfast supper snack kitchen restaurant bake taste soup bread cake pasta rice cheese meat fish vegetable fruit dessert curry stew sauce egg pie salad hungry menu essen mahlzeit gericht rezept kochen backen abendessen mittagessen fruhstuck suppe brot kuchen kase fleisch gemuse obst
allergy allergic intolerance intolerant swell swollen rash itch sneeze hives antihistamine nut peanut gluten lactose pollen avoid allergie allergisch unvertraglichkeit ausschlag
drink coffee tea wine beer whisky gin juice water milk cocoa lemonade bar pub glass trinken kaffee tee wein bier saft
job work profession career occupation employer boss supervisor manager colleague office company firm shift salary hire hired fire fired promote promotion quit resign interview department ward trainee apprentice contract beruf arbeit stelle chef chefin kollege kollegin kollegen buro firma schicht gehalt kundigen bewerbung vorstellungsgesprach ausbildung abteilung
money cost pay price paid euro pound dollar cheap expensive rent salary fee bill debt save savings spend spent budget afford loan bank owe geld kosten kostet preis bezahlen teuer billig miete rechnung schulden sparen
wedding marry marriage bride groom propose proposal engaged engagement fiance ring honeymoon veil spouse husband wife divorce anniversary hochzeit heiraten verlobt verlobung ehe trauung flitterwochen scheidung geschieden
quarrel row argue argument fight dispute disagree shout yell angry fall apologize apology sorry forgive reconcile upset blame streit streiten gestritten versohnen entschuldigen bose argern
illness ill sick disease condition diagnose diagnosis doctor hospital clinic surgery operation pain ache fever flu infection medicine medication pill tablet treatment therapy symptom injury hurt broken fracture sprain cast crutch bleed blood heart eye knee back shoulder wrist ankle tooth dentist krank krankheit arzt arztin krankenhaus schmerz fieber tablette behandlung verletzt gebrochen zahnarzt knie rucken
medicine pill tablet drops dose prescription pharmacy injection vitamin inhaler ointment medikament tablette tropfen apotheke spritze
book read novel author story chapter page library poem poetry finish buch lesen roman autor gedicht bibliothek
film movie watch series episode cinema actor director show documentary film kino serie folge schauspieler
music song band instrument guitar piano violin cello flute drum trumpet trombone saxophone clarinet accordion harp ukulele tuba organ sing choir concert play practice orchestra lesson tune album musik lied instrument gitarre klavier geige schlagzeug singen chor konzert
travel trip journey holiday fly flight plane airport ferry boat train abroad visit tour hotel hostel passport suitcase cruise island beach trek hike camp reise urlaub fliegen flug flughafen fahre zug hotel koffer insel strand wandern
home house flat room live move address street rent landlord tenant neighbour neighborhood floor roof attic cellar basement garden balcony kitchen roommate flatmate haus wohnung zimmer wohnen umzug strasse vermieter nachbar balkon keller
family mother father sister brother son daughter aunt uncle cousin niece nephew grandmother grandfather parent sibling relative twin familie mutter vater schwester bruder sohn tochter tante onkel cousine nichte neffe eltern geschwister
baby birth born pregnant pregnancy midwife due newborn crib nursery name schwanger geburt geboren baby hebamme
child school class teacher pupil kindergarten homework grade kind schule klasse lehrer lehrerin hausaufgabe
study student exam test degree university college course lecture thesis essay professor grade pass fail learn lesson studium student prufung universitat kurs vorlesung bestanden durchgefallen lernen
language speak learn lesson course spanish italian french german english japanese chinese portuguese welsh irish norwegian swedish russian polish turkish arabic vocabulary grammar sprache lernen spanisch italienisch franzosisch englisch
sport run race marathon swim swimming gym train training football soccer tennis basketball climb climbing cycle cycling row rowing yoga dance ski judo karate boxing team match coach medal sport laufen rennen schwimmen fussball klettern radfahren verein mannschaft tanzen
garden plant grow seed flower vegetable tomato rose tree soil compost greenhouse harvest bulb weed lawn garten pflanzen blume tomate baum ernte gewachshaus
car drive vehicle van truck motorbike scooter engine garage mechanic repair licence license brake tyre tire parking auto fahren wagen motorrad werkstatt fuhrerschein bremse reifen
bike ride cycle helmet wheel pedal stolen fahrrad rad helm
clothes dress wear shirt shoe boot coat jacket hat scarf suit skirt jumper sweater sock glove trousers jeans outfit kleid tragen hemd schuh mantel jacke mutze schal anzug rock hose
colour color red blue green yellow purple orange pink black white grey gray brown turquoise crimson violet gold silver paint farbe rot blau grun gelb lila rosa schwarz weiss grau braun
death die died dead funeral bury buried grave grief mourn widow widower pass ashes will inherit inheritance tod gestorben sterben beerdigung grab trauer witwe erben erbe
gift present gave give birthday surprise wrap christmas card geschenk schenken geburtstag weihnachten
friend friendship buddy mate pal neighbour meet met close freund freundin freundschaft treffen
love date dating crush boyfriend girlfriend partner relationship kiss split broke breakup single ex liebe beziehung freund freundin partner getrennt trennung kuss
fear afraid scared fright phobia panic anxiety anxious nervous worry dread spider height dark thunder angst furcht panik nervos sorge spinne hohe
sleep bed insomnia night awake dream nightmare nap tired pillow schlafen schlaf bett nacht traum alptraum mude
hobby pastime craft knit sew crochet pottery paint draw carve embroidery photography collect collection model puzzle chess spare evening class club hobby stricken nahen topfern malen zeichnen schnitzen sammeln sammlung schach
collect collection stamp coin postcard record vinyl mug shell button figurine antique sammeln sammlung briefmarke munze postkarte
habit ritual routine every morning evening daily always before gewohnheit ritual taglich morgens abends immer
rule always never promise please remind call nickname prefer insist regel immer nie versprochen bitte lieber
lose lost missing find found stolen theft thief steal leave forgot forget key wallet purse verloren verlieren gefunden gestohlen vergessen schlussel
break broke broken repair fix mend crack leak burst smash drop fell kaputt reparieren gebrochen tropfen leck
phone computer laptop screen app password internet account email website handy telefon rechner bildschirm passwort
party celebrate celebration guest invite birthday host toast feier feiern party gast einladen geburtstag
win prize award competition contest first place medal trophy raffle lottery gewinnen preis wettbewerb platz pokal
plan intend going want next future soon goal dream save plan vorhaben wollen ziel traum
weather rain snow storm wind flood sun hot cold frost wetter regen schnee sturm wind
letter write wrote card email note send postcard diary journal brief schreiben karte tagebuch
god church mosque temple pray prayer faith priest baptism kirche beten glaube pfarrer taufe
favourite favorite best prefer love like lieblings am liebsten mag
hate dislike stand bear awful annoy hassen nervt leiden
nickname name call known spitzname name nennen heisst
age old year birthday born turn alt jahre geburtstag geboren
shop buy bought market store sell sold second-hand charity shop flea bargain laden kaufen markt verkaufen flohmarkt
volunteer charity donate help shelter ehrenamt spenden helfen tierheim
tool hammer saw drill wood bench shelf build built werkzeug hammer sage bohrer holz regal bauen
sea beach wave coast harbour boat sail swim sand shore meer strand welle kuste hafen boot segeln
mountain hill hike climb peak trail ridge summit berg wandern gipfel
number many much count amount how
hair haircut cut dye beard fringe curl haar haare friseur bart
eye glasses sight see blind lens auge augen brille sehen
advice suggest recommend tip try should rat tipp vorschlag empfehlen
profession job work accountant nurse teacher engineer lawyer chef baker plumber electrician driver pilot mechanic carpenter architect dentist vet librarian journalist gardener waiter cashier programmer paramedic midwife firefighter farmer tailor florist butcher beruf buchhalter krankenschwester pfleger lehrer ingenieur anwalt koch backer fahrer mechaniker tischler architekt gartner kellner programmierer hebamme bauer schneider
wound scar stitch cut bruise burn blister bandage injure injury hurt narbe naht wunde blase verband verletzt verletzung
submit submission hand deadline due deliver extension postpone move abgeben abgabe frist verschoben
court judge decide decision verdict ruling custody lawyer sue lawsuit settle gericht richter urteil anwalt sorgerecht klage entscheiden
strange odd weird quirk unusual peculiar barbarian seltsam komisch merkwurdig
goodbye farewell leave bye part hug wave abschied verabschieden tschuss
dough yeast sourdough starter flour loaf oven teig sauerteig hefe mehl laib ofen
tree orchard cherry apple plum pear oak birch walnut branch baum kirschbaum apfelbaum pflaume birne eiche birke nussbaum
animal bird crow goat sheep lamb chicken hen rooster cow pig duck goose bee hive frog fox hedgehog squirrel tier vogel krahe ziege schaf huhn kuh schwein ente gans biene frosch fuchs igel
shop store boutique kiosk stall bakery pharmacy customer counter till laden geschaft kiosk kunde theke kasse backerei
move postpone delay reschedule instead later cancel verschieben verlegen spater absagen
teach teacher pupil course class trainer instructor academy lesson unterricht lehren kurs akademie
flood leak water burst pipe damp cellar plumber mould uberschwemmung wasser rohr keller schimmel
police officer court fine ticket accident crash insurance polizei strafe unfall versicherung
bank account card cash money atm konto karte bargeld
letter post stamp envelope parcel package brief post marke paket
photo camera lens film develop portrait shoot fotografieren kamera objektiv
wool yarn knit needle scarf jumper blanket wolle stricken nadel decke
theatre play stage role act actor audition director premiere theater buhne rolle schauspieler premiere
election vote council mayor party politics protest wahl stimme burgermeister partei politik
smoke cigarette quit smoking tobacco rauchen zigarette aufhoren
diet vegetarian vegan meat weight slim fasting vegetarisch vegan fleisch abnehmen
stop quit give up give end finish aufgeben aufhoren beenden
start begin took join new anfangen beginnen neu
foster adopt adoption guardian orphan pflegekind adoptieren pflege
noise loud quiet silence whistle sing hum larm laut leise pfeifen
light dark lamp candle licht dunkel lampe kerze
allergic vertragen vertrage jucken juckt haselnusse nusse birkenpollen erdnuss milch allergisch
受伤 伤 水泡 疼 流血 骨折 扭
乐器 琴 钢琴 古琴 吉他 练 弹
过敏 吃 不能 痒
学 课 考试 老师 学校 大学
生日 礼物 送
朋友 认识 见
怪我 痛 傷 折
楽器 ピアノ ギター 弾 練習
学校 試験 先生 大学 勉強
誕生 贈 プレゼント
宠物 狗 猫 小狗 小猫 兔
吃 饭 菜 做饭 餐 汤 面 食
工作 上班 公司 老板 同事 职
病 医生 医院 药 疼 痛
结婚 婚礼 求婚 丈夫 妻子 婚
家 房子 搬 住 公寓 房
书 读 小说 作者
旅行 飞 机票 火车 去 旅
钱 价 花 元 贵 便宜
ペット 犬 猫 飼
食 料理 作 ご飯 味
仕事 会社 働 上司 同僚
病 医者 病院 薬 痛
結婚 式 婚約 夫 妻
家 引っ 住 部屋
本 読 小説
旅 飛行 電車 行
`;

const parts = LINES.trim()
  .split("\n")
  .map((line) => new Set(line.split(" ").map((word) => stem(standsFor(word) ?? word))));

const partsOf = new Map<string, Set<string>[]>();
for (const part of parts)
  for (const word of part) {
    const known = partsOf.get(word);
    if (known) known.push(part);
    else partsOf.set(word, [part]);
  }

/** Words that are said of what this one is said of. */
export const relatedTo = (word: string): string[] =>
  (partsOf.get(word) ?? []).flatMap((part) => [...part]).filter((other) => other !== word);
