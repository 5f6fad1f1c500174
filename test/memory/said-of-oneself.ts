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
