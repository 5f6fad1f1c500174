import type { Language } from "./life.ts";

const lines = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** What one happens to see or hear of: rare words that are no answer, since what matters is not the only thing with rare words. */
export const ODDITIES: Record<Language, string[]> = {
  en: lines(`
    a heron standing on a shopping trolley
    a documentary on glaciers
    two nuns with a skateboard
    a runaway balloon in the shape of a pineapple
    somebody's lost wedding shoe
    a quarrel over a parking ticket
    the election posters with moustaches drawn on
    a man who was selling umbrellas in bright sunshine
    a burst water main
    the smell of burnt caramel
    a brass band rehearsing in a stairwell
    a taxi full of lampshades
    a strange article about honeybees and magnetism
    a school class dressed as planets
    the old crane that they're pulling down
    a puzzle with a missing corner
    three fire engines and no fire
    a pigeon asleep in a flowerpot
    the price of olive oil
    a wasp in the curtains
    a programme about Byzantine mosaics
    an argument on astrology
    a marathon of quiz shows
    a hole in the pavement with a traffic cone in it
    an escaped parrot on the church roof
    the strike of the rubbish collectors
    a street magician with a ferret
    a dream about submarines
    thunder without any lightning
    a lecture on medieval plumbing
    the scaffolding around the post office
    a broken traffic light and forty polite drivers
    a toddler who was shouting at a statue
    someone's theory on crop circles
    an eclipse that nobody could see for the clouds
    a rumour about a film crew
    the new escalator that only goes up
    an advertisement for orthopaedic mattresses
    a hedgehog crossing like a landlord
    a furniture van stuck under the bridge
    a busker with a saw and a violin bow
    the queue for passports
    a podcast about shipwrecked cartographers
    a burglar alarm that went on till midnight
    an auction of unclaimed suitcases
    a boy with a kaleidoscope
    a hailstorm the size of chickpeas
    the gossip about the mayor's toupee
    a flock of starlings folding like cloth
    a woman who was reading palms for coins
    an inflatable dinosaur in a window
    the census form
    a leaking gutter and its rhythm
    a chess tournament for pensioners
    a demonstration against scooters
    a crossword clue about Etruscan pottery
    the fog horn
    a misprinted calendar with two Thursdays
    a recall of faulty hairdryers
    a lorry load of spilled confetti
    a swarm of tourists in ponchos
    a squeaking revolving door
    an old advert for tooth powder
    the comet that was promised for midnight
    a beekeeper in the wrong suit
    an interview with a lion tamer
    a bus driver who was humming Verdi
    a heated discussion on hyphens
    the flu that goes around
    a tortoise with a racing number
    an abandoned trampoline
    the mural of an astronaut
    a jar of foreign coins
    a rainbow with its foot in the car park
    a wonky weathercock
    a lawyer in rollerblades
    a stack of orphaned gloves
    an ambulance with a birthday banner
    a spider of alarming elegance
    a salesman of vacuum cleaners
    the vanished statue of the admiral
    a petition for quieter church clocks
    a cardboard castle
    a plague of ladybirds
    the sandstorm on the news
    a gold-plated hydrant
    a lottery winner who kept his job
    the eleventh season of that detective show
    a mannequin on a balcony
    an origami workshop`),
  de: lines(`
    ein Reiher auf einem Einkaufswagen
    eine Dokumentation über Gletscher
    zwei Nonnen mit einem Skateboard
    ein entflogener Ballon in Ananasform
    ein Streit um einen Strafzettel
    ein geplatztes Wasserrohr
    ein Taxi voller Lampenschirme
    eine Schulklasse, als Planeten verkleidet
    drei Feuerwehren und kein Feuer
    ein Papagei auf dem Kirchendach
    der Streik der Müllabfuhr
    ein Zauberer mit einem Frettchen
    ein Vortrag über mittelalterliche Kanalisation
    das Gerüst am Postamt
    ein Igel, der wie ein Hausbesitzer über die Straße ging
    ein Möbelwagen unter der Brücke
    eine Versteigerung herrenloser Koffer
    ein Hagel wie Kichererbsen
    das Gerücht über das Toupet des Bürgermeisters
    ein Schwarm Stare
    ein aufblasbarer Dinosaurier im Schaufenster
    ein Schachturnier für Rentner
    eine Demonstration gegen Roller
    ein Kalender mit zwei Donnerstagen
    eine Ladung verschüttetes Konfetti
    ein Interview mit einem Löwenbändiger
    eine Schildkröte mit Startnummer
    ein verlassenes Trampolin
    ein schiefer Wetterhahn
    ein Anwalt auf Rollschuhen
    eine Plage von Marienkäfern
    ein Staubsaugervertreter
    der Komet, der für Mitternacht versprochen war
    eine Spinne von beunruhigender Eleganz
    ein Gespräch über Astrologie
    der Nebel über den Gleisen`),
  zh: lines(`
    一只站在购物车上的白鹭
    关于冰川的纪录片
    一个菠萝形状的气球
    两个人为停车吵架
    爆裂的水管
    装满灯罩的出租车
    打扮成行星的小学生
    三辆消防车
    逃跑的鹦鹉
    会变魔术的老头
    卡在桥下的货车
    鹰嘴豆那么大的冰雹
    橱窗里的充气恐龙
    老年象棋比赛
    印错的日历
    撒了一地的彩纸
    背着号码的乌龟
    没人要的蹦床
    歪掉的风向标
    穿旱冰鞋的律师
    满墙的瓢虫
    推销吸尘器的小伙子
    说好半夜来的彗星
    一只很优雅的蜘蛛
    关于星座的争论
    铁轨上的大雾
    拍电影的剧组
    只能上行的扶梯
    街头拉锯琴的人
    宇航员的壁画`),
  ja: lines(`
    買い物かごの上のサギ
    氷河の番組
    パイナップル型の風船
    駐車をめぐる口げんか
    破裂した水道管
    電気スタンドだらけのタクシー
    惑星の仮装をした園児
    三台の消防車
    逃げたオウム
    フェレットを連れた手品師
    橋の下で動けないトラック
    豆みたいな雹
    窓辺の恐竜の人形
    老人会の将棋大会
    印刷を間違えた暦
    道に散らばった紙吹雪
    ゼッケンをつけた亀
    捨てられたトランポリン
    曲がった風見鶏
    ローラースケートの弁護士
    てんとう虫の大群
    掃除機のセールスマン
    真夜中の彗星
    やけに優雅な蜘蛛
    星占いの議論
    線路の霧
    映画の撮影隊
    上りしか動かないエスカレーター
    のこぎりを弾く芸人
    宇宙飛行士の壁画`),
};
