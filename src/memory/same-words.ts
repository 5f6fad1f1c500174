/** Irregular forms of everyday words and names of kin, each line one word: its first form stands for all of them. */
const LINES = `
be am is are was were been being
have has had having
do does did done doing
go goes went gone going
say said
get got gotten getting
make made
know knew known
think thought
take took taken
see saw seen
come came
give gave given
find found
tell told
feel felt
leave left
meet met
bring brought
begin began begun
keep kept
hold held
write wrote written
stand stood
hear heard
mean meant
run ran running
pay paid
sit sat
speak spoke spoken
lose lost
win won
buy bought
sell sold
send sent
fall fell fallen
build built
understand understood
draw drew drawn
break broke broken
spend spent
grow grew grown
teach taught
catch caught
fight fought
eat ate eaten
drink drank drunk
drive drove driven
ride rode ridden
fly flew flown
sing sang sung
swim swam swum
sleep slept
wake woke woken
wear wore worn
choose chose chosen
forget forgot forgotten
forgive forgave forgiven
throw threw thrown
steal stole stolen
hide hid hidden
bite bit bitten
blow blew blown
freeze froze frozen
shake shook shaken
tear tore torn
swear swore sworn
rise rose risen
lend lent
lead led
feed fed
bleed bled
dig dug
hang hung
stick stuck
strike struck
light lit
shoot shot
ring rang rung
sink sank sunk
spring sprang sprung
weep wept
sweep swept
creep crept
dream dreamt
learn learnt
burn burnt
spell spelt
bend bent
deal dealt
seek sought
stink stank
become became
wed wedding
child children kid kids
kind kinder
man men
woman women
foot feet
tooth teeth
mouse mice
goose geese
person people
wife wives
knife knives
father dad dads daddy papa pa vater vati
mother mum mums mummy mom moms mommy mama mami mutter mutti
grandmother grandma granny gran nana nan oma omi grossmutter
grandfather grandpa grandad granddad opa grossvater
brother bro brothers bruder
sister sis sisters schwester
aunt auntie aunty tante
uncle onkel
bike bicycle bicycles bikes fahrrad
film movie movies films
flat apartment apartments flats
doctor doc doctors arzt arztin
phone telephone handy
photo photograph picture pictures photos
television tv telly
fridge refrigerator
holiday vacation holidays vacations
gehen ging gegangen geht gehst
sein war waren gewesen
kommen kam gekommen kommt
finden fand gefunden
geben gab gegeben gibt
nehmen nahm genommen nimmt
sehen sah gesehen sieht
sprechen sprach gesprochen spricht
schreiben schrieb geschrieben
lesen las gelesen liest
essen ass gegessen isst
trinken trank getrunken
fahren fuhr gefahren fahrt
fallen fiel gefallen
hinfallen gefallen gesturzt sturzen sturz
ziehen zog gezogen
umziehen umgezogen umzug
singen sang gesungen
treffen traf getroffen
verlieren verlor verloren
gewinnen gewann gewonnen
brechen brach gebrochen
bringen brachte gebracht
denken dachte gedacht
kennen kannte gekannt
wissen wusste gewusst
backen backte gebacken
`;

/** Each form of a word with the one that stands for it. */
const FORMS = new Map(
  LINES.trim()
    .split("\n")
    .flatMap((line) => {
      const [first = "", ...forms] = line.split(" ");
      return [first, ...forms].map((form) => [form, first] as const);
    })
    .toReversed(),
);

/** The word that stands for another one, if it is a form of it. */
export const standsFor = (word: string): string | undefined => FORMS.get(word);
