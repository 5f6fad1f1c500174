/**
 * What people say in a chat, and what of it is so: each line a message and, behind the bar, the facts that a careful second
 * reader takes from it for good (kind=words that the fact has to hold, several by semicolons). Nothing behind it: nothing is.
 */
export const SAID_OF_ONESELF = `
hey there, i'm new here. My name's Priyanka, nice to meet you! | name=Priyanka
Everyone at the club calls me Fitz but my real name is Leonard Fitzgerald. | name=
Honestly I'm just tired. My name is Mud at the office since the printer thing. |
You can call me Bea. | name=Bea
Please call me Dr. Okafor in front of the kids. |
Call me crazy, but I think the cat understands English. |
Call me Ishmael is my favourite opening line. |
I'm called Solveig, after my great-grandmother. | name=Solveig
I'm called in for jury duty again. |
My name is Tomasz, Tom for short. | name=Tomasz
My brother's name is Emeka and he's the funny one. | kin=Emeka
My sister Ines just had her second baby. | kin=Ines
My older sister Margarethe never calls. | kin=Margarethe
My mum Carol still irons her tea towels. | kin=Carol
My mother said it would rain. |
My mother-in-law Pat is visiting. |
My dad, Colin, built the shed himself. | kin=Colin
My wife Amara and I are trying to cook more. | kin=Amara
My husband's name is Joaquín. | kin=Joaquín
My ex-husband Derek wants the dog back. |
My daughter Wren starts school soon. | kin=Wren
My twin sons, Otis and Ray, are teething. |
My son is called Elio and he hates socks. | kin=Elio
My best friend Tunde moved away. | kin=Tunde
My boyfriend Mikkel plays the tuba, badly. | kin=Mikkel
My girlfriend is Norwegian. |
My nephew Theo ate a crayon. | kin=Theo
My aunt Rosalind left me her piano. | kin=Rosalind
My uncle Sam joke didn't land. |
My cousin Vinny is a great film. |
My grandma Edith turned ninety. | kin=Edith
My partner Alex works nights. | kin=Alex
My father Christmas costume is too small. |
My flatmate Jun plays the drums at 2 am. | kin=Jun
My baby Tuesday is due any minute. |
I have a younger brother named Kofi. | kin=Kofi
I have a son called Anton. | kin=Anton
I have a friend called Mercy who sells honey. |
In the book I'm reading, my brother Ivan is the murderer. |
Our dog Pickles ate a whole baguette. | pet=Pickles
My cat Chairman Meow is on a diet. | pet=Chairman
My old horse Bramble has gone lame. | pet=Bramble
We have a tortoise called Speedy. | pet=Speedy
I adopted a kitten named Toast last night!! | pet=Toast
My dog House episodes marathon was interrupted. |
My dog is German shepherd and husky. |
The neighbours' dog Rex keeps barking. |
My late cat Juniper would have loved this box. | pet=Juniper
We just got a puppy and named her Olive. | pet=Olive
My hamster escaped again. |
My parrot Gregory swears in Welsh. | pet=Gregory
I live in Leeds, near the canal. | home=Leeds
I live in a tiny flat above a bakery. |
I live in Porto now, and I miss the snow. | home=Porto
I'm living in Kuala Lumpur for the time being. | home=Kuala Lumpur
We live in New Zealand, so it's winter here. | home=New Zealand
I live for Saturdays. |
I live in Excel these days. |
I live in dread of Mondays. |
We moved to Ghent in spring. | home=Ghent
I moved to Linux and never looked back. |
I just moved to Bristol and know nobody. | home=Bristol
I've finally moved to Oslo with the kids. | home=Oslo
My sister lives in Perth. |
We moved to Plan B after the storm. |
I moved back to Santa Fe after the divorce. | home=Santa Fe
I used to live in Dublin. |
If I lived in Naples I'd weigh a ton. |
I wish I lived in Kyoto. |
I don't live in London anymore. |
I grew up in Aberdeen. |
I'm from Lagos originally. |
I'm 41 and I still can't whistle. | age=41
I am 27 years old, for the record. | age=27
I just turned 60 today! | age=60
I'm 5 foot 2. |
I'm 10 minutes away. |
I'm 100 percent sure. |
I'm 3 weeks pregnant. |
I'm 16. | age=16
I'm 12 pages in. |
I'm 20 kilos lighter than last year. |
When I was 19 I hitchhiked to Turkey. |
He thinks I'm 30. |
I feel like I'm 80 today. |
I turned 33 in March. | age=33
I work as a midwife in a small hospital. | work=midwife
I work as a night porter, so my hours are odd. | work=porter
I work at Greggs until the exams are over. | work=Greggs
I work for the Red Cross. | work=Red Cross
I work for peanuts. |
I'm a paramedic. | work=paramedic
I'm a bit of a baker on weekends. |
I'm a primary school teacher in Hull. | work=teacher
I'm not a doctor, but that rash looks odd. |
I'm a terrible cook. |
I'm a student at the moment. | work=student
I'm an architect by training but I drive a taxi. |
I started a new job at Siemens this week. | work=Siemens
I got a job as a gardener!! | work=gardener
I'm a doctor's daughter. |
I'm a huge fan of yours. |
I'm a lawyer and honestly it shows. | work=lawyer
I work as hard as anyone. |
I work at home mostly. |
My wife is a dentist. |
I work at Monday speed. |
As a joke I told him I'm a pilot. |
I have a dentist appointment on Tuesday. | plan=Tuesday
We're flying to Lisbon on 12 June. | plan=Lisbon
I'm visiting my parents next weekend. | plan=parents
I'm starting yoga tomorrow. | plan=yoga
My exam is on Friday. | plan=exam
We're getting married in September! | plan=married
I'm going to bed. |
I'm going crazy next to him. |
I'm leaving early tomorrow. | plan=leaving
We are not moving next month after all. |
Maybe we're going to Rome in May. |
Are we meeting tomorrow? |
I'm running a half marathon on 3 October. | plan=marathon
I have my driving test tomorrow, wish me luck! | plan=driving test
I have no plans next week. |
I'm having people over this Saturday. | plan=Saturday
Our anniversary is next week. | plan=anniversary
My deadline is tomorrow. | plan=deadline
I was going to Paris in April but it got cancelled. |
I'm meeting the lawyer on the 4th of March. | plan=lawyer
I'm moving in with Jo next month. | plan=moving
I'm taking the cat to the vet on Monday. | plan=vet
My flight is on Sunday and I haven't packed. | plan=flight
Hallo! Ich heiße Friederike, alle sagen Fritzi. | name=Friederike
Mein Name ist Hase, ich weiß von nichts. |
Mein Name ist Ayşe und ich bin neu hier. | name=Ayşe
Ich heiße dich willkommen. |
Ich bin 52 und fühle mich wie 30. | age=52
Ich bin 29 Jahre alt. | age=29
Ich bin 10 Minuten zu früh. |
Ich bin 17, fast 18. | age=17
Ich bin 1,80 groß. |
Ich wohne in Regensburg. | home=Regensburg
Ich lebe seit Jahren in Wien und liebe es. | home=Wien
Ich wohne in einer WG. |
Ich lebe in Angst vor der Prüfung. |
Wir wohnen jetzt in Freiburg im Breisgau. | home=Freiburg
Ich bin letztes Jahr nach Leipzig gezogen. | home=Leipzig
Früher habe ich in Kiel gewohnt. |
Wir sind nach Graz gezogen. | home=Graz
Ich arbeite als Hebamme. | work=Hebamme
Ich arbeite bei der Sparkasse. | work=Sparkasse
Ich arbeite bei Regen lieber drinnen. |
Ich bin Krankenschwester und habe heute Nachtdienst. | work=Krankenschwester
Ich bin Lehrerin an einer Grundschule. | work=Lehrerin
Ich bin Frühaufsteher und stolz darauf. |
Ich bin Berliner, aber kein echter. |
Ich bin Optimist. |
Ich bin Student im dritten Semester. | work=Student
Ich bin Vater von zwei Kindern. |
Ich bin Feuer und Flamme! |
Ich bin Fan von Freiburg. |
Meine Schwester heißt Mathilde. | kin=Mathilde
Mein kleiner Bruder heißt Emil und nervt. | kin=Emil
Meine Tochter namens Wut, haha. |
Mein Mann heißt Ulrich. | kin=Ulrich
Ich habe eine Tochter, die Leni heißt. | kin=Leni
Meine Mutter ruft jeden Sonntag an. |
Mein Chef heißt Bohnsack, kein Witz. |
Unsere Katze heißt Schrödinger. | pet=Schrödinger
Wir haben einen Hund namens Knödel. | pet=Knödel
Der Hund meiner Nachbarin heißt Rex. |
Ich fahre am 14. Mai nach Rom. | plan=Rom
Ich habe am Freitag eine Prüfung. | plan=Prüfung
Morgen fahre ich zu meinen Eltern. | plan=Eltern
Wir heiraten im August! | plan=heiraten
Ich fahre nie im Winter. |
Am Montag habe ich einen Termin beim Zahnarzt. | plan=Zahnarzt
Vielleicht fliege ich im Juli nach Kreta. |
Ich ziehe nächsten Monat um. | plan=ziehe
Ich treffe morgen meine Cousine. | plan=Cousine
大家好，我叫王芳，请多关照。 | name=王芳
我叫他别来。 |
我住在成都，天天吃火锅。 | home=成都
我住在一个小房间里。 |
我今年二十八岁。 | age=二十八
我今年35岁，还是单身。 | age=35
他今年三十岁。 |
我是老师，在小学教数学。 | work=老师
我在银行工作。 | work=银行
我不是医生。 |
我的妹妹叫小雨。 | kin=小雨
我的狗叫豆豆。 | pet=豆豆
我家的猫叫团子，很胖。 | pet=团子
我搬到广州了。 | home=广州
如果我住在海边就好了。 |
我明天去北京出差。 | plan=北京
我下周五有考试。 | plan=考试
我叫外卖了。 |
はじめまして、私は佐藤と申します。 | name=佐藤
私の名前は山本です。 | name=山本
名前はまだない。 |
大阪に住んでいます。 | home=大阪
夢の中に住んでいます。 |
札幌に引っ越しました。 | home=札幌
看護師をしています。 | work=看護師
銀行で働いています。 | work=銀行
私は32歳です。 | age=32
弟は25歳です。 |
妹の名前はさくらです。 | kin=さくら
猫の名前はモモです。 | pet=モモ
うちの犬はコロといいます。 | pet=コロ
明日、東京へ行きます。 | plan=東京
来週の金曜日に試験があります。 | plan=試験
もし京都に住んでいたら楽しいだろうな。 |
`;

/** The same, written after the rules were mended with what is above: no rule has seen it. */
export const SAID_LATER = `
morning! my name is Oluwaseun but nobody here can say it | name=Oluwaseun
I'm Greta and this is my first time using one of these |
so my sister Delphine is getting divorced and I'm the one packing boxes | kin=Delphine
My brother Luca sends his regards. | kin=Luca
my dad Henryk worked in the mines for thirty years | kin=Henryk
My mom won't stop calling about Easter. |
I have two sisters called Una and Maeve. |
My wife's name is Soo-jin. | kin=Soo-jin
My daughter Priya learned to ride her bike today!! | kin=Priya
My son Jonah asked why the moon follows the car. | kin=Jonah
My grandpa Walter fought with a goose yesterday. | kin=Walter
My niece Clementine drew me as a potato. | kin=Clementine
My roommate Devika cooks the best dal. | kin=Devika
My cat Miso threw up on the laptop again. | pet=Miso
We have a dog called Bosco, he's thirteen. | pet=Bosco
Our rabbit Clover hates the vacuum. | pet=Clover
My puppy won't sleep through the night. |
We got a guinea pig named Dumpling. | pet=Dumpling
I live in Montréal, winters are brutal. | home=Montréal
I live in a house with no doors, long story. |
We live in Cork now. | home=Cork
I moved to Tallinn for work. | home=Tallinn
we moved to the countryside |
I'm living in my car this week. |
I'm 38 and back at my parents' place. | age=38
I'm 24 years old and tired. | age=24
I turned 50 yesterday. | age=50
I'm 20 minutes into this film and nothing has happened. |
I work as a baker, so I'm up at three. | work=baker
I'm a nurse, twelve-hour shifts. | work=nurse
I'm a retired teacher. |
I work at Lidl on weekends. | work=Lidl
I work for Deutsche Bahn, please don't ask. | work=Deutsche Bahn
I'm a freelance translator. | work=translator
I work nights. |
I'm a PhD student in Lund. | work=student
I have a job interview on Thursday. | plan=interview
We're flying to Kraków next month. | plan=Kraków
I'm seeing the dentist tomorrow. | plan=dentist
I'm driving to my sister's on Saturday. | plan=sister
My surgery is on Monday. | plan=surgery
I'm not going to the wedding next week. |
Ich heiße Thorben und komme aus Flensburg. | name=Thorben
Mein Bruder heißt Joscha. | kin=Joscha
Meine Oma heißt Irmgard und ist 91. | kin=Irmgard
Wir wohnen in Bamberg. | home=Bamberg
Ich wohne noch bei meinen Eltern. |
Ich bin 19 und fange jetzt an zu studieren. | age=19
Ich arbeite als Erzieherin. | work=Erzieherin
Ich bin Tischler und liebe Eiche. | work=Tischler
Unser Kater heißt Fussel. | pet=Fussel
Ich fliege am 3. Oktober nach Lissabon. | plan=Lissabon
Ich besuche am Sonntag meine Tante. | plan=Tante
Ich bin Schuld. |
我叫陈默。 | name=陈默
我住在西安。 | home=西安
我今年24岁。 | age=24
我是护士，天天上夜班。 | work=护士
我的哥哥叫建国。 | kin=建国
私の名前は高橋です。 | name=高橋
横浜に住んでいます。 | home=横浜
兄の名前は健太です。 | kin=健太
犬の名前はハナです。 | pet=ハナ
`;

/**
 * Of 700 messages in six languages, written by somebody who knew no rule, those in which something was found at the first look,
 * and what a second reader took from them: 100 of 104 findings were right then.
 */
export const SAID_UNSEEN = `
Sábado é o casamento da minha irmã Larissa e eu sou madrinha | kin=Larissa
Unsere Katze Minka hat sich die Pfote verletzt, wir müssen später noch zum Tierarzt | pet=Minka
My horse Juniper went lame yesterday, waiting on the vet now. I can't focus on anything | pet=Juniper
I'm an accountant so this time of year I don't exist | work=accountant
On se marie le 8 août, Karim et moi, à la mairie du village | plan=8 août
I'm colour blind, so you're asking the wrong man. Ask my wife Lottie, she picks all my shirts | kin=Lottie
My husband's name is Gareth and he snores like a tractor | kin=Gareth
I turned 50 last week and honestly it didn't hurt as much as I thought | age=50
Meine Schwester Jule hat gestern ihr drittes Kind bekommen, einen Jungen, Matti | kin=Jule
Hi! I'm Priya, nice to finally talk to you | name=Priya
My little sister Mei is applying to colleges and she keeps asking me to read her essays | kin=Mei
The boys and I are off camping at Lake Tahoe next weekend, Vince stays home with his back | plan=Lake Tahoe
my uncle Desmond left me his record collection, 900 LPs, where do i even put them | kin=Desmond
me mudo a Bogotá en enero, ya firmé el contrato | plan=Bogotá
a minha cadela Pipoca fugiu de novo, já rodei o bairro inteiro | pet=Pipoca
Ich bin Erzieherin in der Kita Regenbogen und heute hatte ich Fingerfarbe bis in die Haare | work=Erzieherin
was up till 3 bc my roommate Kayleigh had half of the lacrosse team over | kin=Kayleigh
meu marido Renato tá viajando, só eu e as crianças em casa | kin=Renato
started uni in Leicester this week, doing forensic science. my roommate is called Blessing and she's so sweet | kin=Blessing
just so you know my sister Lena is staying with me until easter | kin=Lena
We're flying to Lisbon on the 22nd, can't wait to just sit somewhere warm | plan=Lisbon
I'm 67, sweetheart, I don't know what a tiktok is | age=67
My stepdad Ron is actually a decent guy, took me years to admit it | kin=Ron
I work nights at an amazon warehouse and my back hates me | work=amazon warehouse
my sister Bronwyn isn't talking to me because of the inheritance thing | kin=Bronwyn
My daughter Imogen starts school next week and I've cried twice already | kin=Imogen
Unser Wellensittich Hansi ist heute weggeflogen, die Kinder weinen nur | pet=Hansi
bin Krankenschwester im Nachtdienst, deshalb schreib ich immer so spät | work=Krankenschwester
I'm a freelance illustrator so yeah I know all about late invoices | work=illustrator
my mom's name is Teresa btw, you sound just like her | kin=Teresa
ich bin 28 und wohne immer noch bei meinen eltern, peinlich oder | age=28
I'm off to the States for three weeks from the 8th, visiting my aunt Carol in Boise | kin=Carol
my brother Kofi just had twins, so I'm an uncle now | kin=Kofi
I'm driving up to Glasgow on Friday to see my brother. He turned 40 | plan=Glasgow
I have my therapy session at 11 on Fridays so I can't chat then |
I have my final exam in organic chemistry next friday and I know nothing | plan=organic chemistry
Meu nome é Conceição, mas pode me chamar de Ção | name=Conceição
our rabbit Clover has an ear infection and needs drops twice a day, she hates me now | pet=Clover
we lay my aunt Philomena to rest on Monday. she practically raised me | kin=Philomena
My daughter Keira came out to me last night. I'm so proud of her | kin=Keira
J'ai 63 ans et je viens d'apprendre à nager, comme quoi | age=63
people say I look like my aunt Ines. is that a compliment? she's 70, I'm 33 | age=33
Mi marido, Paco, se ha jubilado y ahora reordena la cocina todo el día | kin=Paco
Ich heiße Mehmet, schön dich kennenzulernen | name=Mehmet
Mi hijo Mateo cumple 6 el jueves y quiere una fiesta de dinosaurios | kin=Mateo
Ich arbeite als Altenpflegerin und hab heute zwölf Stunden durchgezogen | work=Altenpflegerin
Vivo en Valparaíso desde hace dos años, pero soy de Mendoza | home=Valparaíso
Trabajo de enfermera en el Clínico y hoy salí molida | work=enfermera
my cat is called Professor Pickles, dont laugh | pet=Professor
yeah my kid brother Tomasz is staying over, he eats everything in the fridge | kin=Tomasz
so my girlfriend, Yuki, wants to meet you. well not you you. you know what i mean | kin=Yuki
moro em Curitiba faz 3 anos mas sou de Belém | home=Curitiba
my name's Oluwaseun but everybody calls me Seun | name=Oluwaseun
I'm a data analyst at a hospital trust. Mostly I make the same chart forty times | work=data analyst
meine Frau Annegret meint, ich soll weniger Wurst essen | kin=Annegret
My fiancé's called Matteo, he's a chef, so yes I'm getting fat | kin=Matteo
Hi, ich heiße Katharina, aber alle sagen Kathi zu mir | name=Katharina
my birthday is on the 14th of november so u better remember it this time | plan=14th
I'm a nurse at St. Mary's, night shifts mostly, so sorry if I text at weird hours | work=nurse
my best friend Shanice moved to Dubai and now i have nobody to gossip with | kin=Shanice
I teach piano to kids, and today a boy told me Mozart is mid | work=piano
Ich bin Lehrer an einer Hauptschule in Duisburg, heute hat einer einen Stuhl aus dem Fenster geworfen | work=Lehrer
J'habite à Nantes maintenant, on a déménagé en juillet | home=Nantes
I sing in a choir here in Cardiff, my husband Rhys plays the organ there | kin=Rhys
you can call me Ziggy, my real name is Zygmunt | name=Zygmunt
ich bin 15 und darf nix | age=15
I've been sober 200 days today. Only my sister Kate knows | kin=Kate
my wife Carla thinks I talk to you too much haha | kin=Carla
je suis infirmier à Lille, de nuit, donc je dors quand tu te lèves | work=infirmier
i'm a line cook at a thai place downtown so my hands smell like garlic 24/7 | work=line cook
My name is Anneliese, with two n's, everyone gets it wrong | name=Anneliese
I'm a seamstress by trade and I still do alterations for half of the neighborhood | work=seamstress
nenn mich ruhig Einstein, ich hab grad den drucker repariert haha |
Meine Cousine Svenja ist bei mir eingezogen, übergangsweise, sagt sie | kin=Svenja
I'm from Manila originally but I've lived in Toronto since I was nine | home=Toronto
We're off to Disneyland with the kids on the 5th! Theo and Clara don't know yet, shhh | plan=Disneyland
going on my first date in ten years on friday night, at 7. i'm 43. what do people even wear | age=43
my dog Biscuit ate an entire stick of butter today. vet says he'll be fine | pet=Biscuit
I do landscaping with my cousin Hector, we just got a huge contract with the city | kin=Hector
I got into nursing school!!! I start on August 26 | plan=August 26
mi perrita Canela está enferma y el veterinario no contesta | pet=Canela
My birthday's tomorrow and nobody at the office knows. 38. Feels like nothing | plan=birthday
I said to the scammer that my name is Harry Potter and I live in a cupboard lol |
I'm crashing at my cousin Bilal's in Birmingham until I find a place | kin=Bilal
my husband got a posting in Okinawa so we leave in june, kids and all | plan=june
Mein Kater heißt Herr Schröder und er regiert diese Wohnung | pet=Herr
i work at a tire shop, been there since high school | work=tire shop
my nan Doreen is 91 and still beats me at cards | kin=Doreen
Mein Sohn Leon ist jetzt in Australien, Work and Travel, und meldet sich kaum | kin=Leon
well I'm 72 now and I've buried two husbands, so I know a thing or two | age=72
our cat Luna had kittens under my bed last night, four of them!! | pet=Luna
I've got an MRI on Wednesday at 2pm, and I hate small spaces | plan=MRI
I have a hamster named Tofu and he is my entire personality | pet=Tofu
出身は福岡なんだけど、今は横浜に住んでます | home=横浜
mon chat Moustache a encore vomi sur le tapis, super le lundi | pet=Moustache
thats so funny, my husband Anders says the exact same thing about the dishwasher | kin=Anders
I'm a paramedic, and today we lost someone. I just need to talk | work=paramedic
My partner Sam and I bought a house! Well, the bank bought a house | kin=Sam
Sorry for vanishing, I was in Krakow for my cousin Aga's wedding | kin=Aga
mein Bruder Sven kommt am Wochenende, das wird wieder laut | kin=Sven
I run a little flower shop in Asheville. Mother's day almost killed me | work=flower shop
Sou professor de história numa escola em Setúbal, hoje os miúdos estavam impossíveis | work=professor
My name's Tuyet, it means snow, funny for someone who lives in Arizona | name=Tuyet
`;
