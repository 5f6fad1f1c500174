import type { Grammar } from "./language";

/** `to` is left out everywhere: `want die`, `going kill myself`. */
export const ENGLISH: Grammar = {
  classes: {
    I: "i im ill my me myself mine",
    THIRD:
      "he she they him her them his their himself herself themselves themself friend* bestie mom mum mama mommy mother mothers dad daddy father brother* sister* son sons daughter* wife husband boyfriend girlfriend bf gf bff ex partner roommate coworker* colleague* uncle aunt cousin* nephew niece kid kids child children teen* student* neighbor* neighbour* someone somebody anyone patient* client* character* girl boy guy woman man protagonist hero heroine boss* teacher* manager* grandson granddaughter grandma grandpa classmate* stranger",
    NEG: "not never nobody without neither nor",
    NO: "no not never any nothing zero without",
    AUX: "i would will could do does did am are is was be been have has had going gonna want wanted wanting try trying tried think thinking thought of about say saying said plan planning intend considering actively currently planned mean",
    WANT: "want wants wanted wanting wish wishing wished need needs needed hope hoping hoped plan planning going gonna about ready prepared decided thinking thoughts thought considering considered contemplating tempted urge urges desire desperate love like try trying tried attempted attempting will shall should might may must could gotta rather let thinks deserve deserves intend fantasize fantasizing fantasise fantasies daydream dream dreaming imagine imagining crave long longing pray praying begging beg afraid close keep impulse impulses willing determined would prefer waiting wondering wonder craving can cannot",
    SOFT: "only i of about that be being been would could go away on was were am and it feel feeling all all but than more anything badly truly more at do try maybe might should",
    DEATH: "death dying",
    DIE: "die dying dead death unalived",
    KILL: "kill killing killed kills unalive* unaliving off offing hang hanging hung hanged shoot shooting drown drowning strangle strangling suffocate suffocating stab stabbing poison poisoning electrocute murder murdering delete erase end ending execute neck",
    HURT: "hurt hurting harm harming harmed cut cutting burn burning burned burnt punish punishing punished injure injuring injured scratch scratching bruise bruising hit hitting mutilate mutilating bite biting carve carving slice slicing torture torturing slap slapping punch punching",
    SLASH:
      "cut cuts cutting slit slitting slash slashing slashed slice slicing sliced carve carving carved scratch scratching scratched burn burning burned burnt open",
    BODY: "wrist wrists arm arms forearm forearms thigh thighs leg legs skin vein veins stomach",
    LIVE: "live living alive exist existing existence life breathing wake waking",
    MED: "pill pills tablet tablets meds medicine medication* medicine* paracetamol tylenol ibuprofen aspirin xanax benzo* opioid* oxy fentanyl antidepressants insulin bleach acetaminophen zopiclone valium",
    MEANS:
      "rope noose gun pistol rifle shotgun revolver razor razors razorblade* blade blades helium bullet bullets handgun",
    DROP: "bridges bridge ledge roof rooftop cliff balcony overpass railing tracks platform building window edge skyscraper garage",
    HEAVY: "train trains truck trucks bus traffic car cars lorry subway metro tram",
    ENDS: "end ending ended take taking took taken finish finishing finished",
    SUIC: "suicide suicidal suicidality sucide suicde suiside suicidal* sewerslide",
    SH: "selfharm* selfinjur*",
    ACCID:
      "shaving cooking playing training working chopping slicing opening falling skiing running lifting gardening skating climbing ironing baking accidentally accident mistake yoga laughing dancing jumping gym football soccer basketball practice kitchen stove oven kettle pan grill iron coffee tea sport sports rugby tennis paper curling slipping tripping moving hiking stretching exercising peeling carving washing fence glass",
    TRIVIAL:
      "homework meeting meetings mondays exam exams traffic deadline commute class math maths essay ad ads commercial song outfit season finale cringe embarrassment boredom laughter heat lecture zoom spreadsheet paperwork taxes embarrassed humidity",
    PETTY:
      "selfie* wifi printer* crypto spreadsheet* commute ad ads playlist laundry dishes zoom powerpoint slides budget emoji* karaoke captcha* podcast* mosquito* hangover",
    STAY: "live living keep continue wake feel endure exist existing stay alive face spend suffer here",
    WE: "everyone everybody world family people others kids parents mom mum mother dad husband wife children you they all friends",
    GONE: "gone dead died die disappeared vanished",
    AGE: "12 13 14 15 16 17 18 19 20 21 22 23 24 25",
    NOMORE: "anymore longer more any",
  },
  read: `i'm: i am
dinnae: do not
dinna: do not
cannae: can not
willnae: will not
ah: i
ah'm: i am
tae: to
nae: no
mair: more
keepit: kept
im: i am
iam: i am
l: i
l'm: i am
i've: i have
ive: i have
i'd: i would
i'll: i will
dont: do not
don't: do not
doesn't: does not
doesnt: does not
didn't: did not
didnt: did not
can't: can not
cant: can not
cannot: can not
won't: will not
wont: will not
wouldn't: would not
wouldnt: would not
couldn't: could not
couldnt: could not
shouldn't: should not
shouldnt: should not
isn't: is not
isnt: is not
ain't: am not
aint: am not
wasn't: was not
wasnt: was not
weren't: were not
haven't: have not
havent: have not
hasn't: has not
hadn't: had not
wanna: want
wana: want
gonna: going
gona: going
finna: going
tryna: trying
imma: i going
ima: i going
gotta: gotta
kys: kill yourself
ctb: suicide
suislide: suicide
selfharm: selfharm
'em: them
he's: he is
hes: he is
she's: she is
shes: she is
they're: they are
it's: it is
its: it is
that's: that is
there's: there is
theres: there is
what's: what is
whats: what is
today's: today is
tonight's: tonight is
i'ma: i going
i'd've: i would have
you'd: you would
they'd: they would
everyone'd: everyone would
noone: nobody
mysel: myself
myslef: myself
meself: myself
kil: kill
kiling: killing
dieing: dying
diee: die
liv: live
ded: dead
rn: now
tn: tonight
2nite: tonight
tonite: tonight
tmrw: tomorrow
tmr: tomorrow
abt: about
thx: thanks
u: you
ur: your
&: and`,
  telling:
    "a an about kill die dead dying live life suicide suicidal end pills hurt cutting cut goodbye never nobody everyone without myself tonight anymore there thinking feel who my her friend if when would could should or up out by at from them we us as over off more some then than i i'm im i've i'd i'll me my myself the to is are am was of and that it you your do don't dont can't cant not be been have has had will would for with what how why she he her him his they if it's no this on in so just want wanna gonna going again now alive died last like think go stop but himself all death wish night take can good won't see every tomorrow sleep years killing after time killed only better today being keep day living still way got here know into one wants took jump ending gone self herself back rather tell love own much there's because everything bridge get wake forever need says said ago too right make tired please did wanted nothing what's hit gun harm arms morning he's boss two new thoughts head left reason miss many come our week told point does whole before mom dog say help dad keeps book hate old jumped put sometimes were care deserve bottle purpose until sister brother best you're cat year work ever school honestly kids even wrote thing tried thought born world disappear car lost next front",
  fillers:
    "to 2 just really so fucking fuckin freaking literally honestly actually seriously sometimes always simply even also too probably ever fr ngl tbh lowkey highkey kinda kind sort very completely totally already often sick f*cking damn god please pls plz badly basically truly constantly finally the a an this",
  strong: {
    "crisis.plan": `( pick|picked|picking|chose|chosen|set|decided ) .2 ( date|day|time|night ) .6 ( die|dead|KILL|end )`,
    "crisis.active": `why .3 KILL myself
( can not|not sure|not ) .2 ( promise|guarantee|know|sure ) .4 ( alive|still here ) !yet
reason .2 not KILL|DIE
KILL myself .6 lied
( can not|not sure|not ) .2 ( promise|guarantee|trust|sure ) .5 KILL|HURT myself
why .3 ( i | i am ) .2 dead|die|alive
what is stopping me`,
    "crisis.selfharm": `SLASH .1 my .2 BODY .5 ( purpose|deliberately|intentionally )
HURT myself .3 purpose|intentionally|deliberately|relief|pain|punishment
( purpose|intentionally|deliberately ) HURT myself|my
can not stop|quit HURT|SH`,
  },
  harmless: `( bit|bitten|scratched|grabbed|pinched|clawed ) .9 ( marks|scratches ) .3 BODY
MED .3 ( vet|dog|cat|puppy|horse )
( over|ended ) , .2 ( exams|exam|moving|renovation|pandemic|winter|finals )
( last|final ) ( message|text ) .4 ( blocked|block|deleted|unfriended )
( living|live ) so? .1 ( far|close|near|away )
life is over , i ( dropped|spilled|forgot|missed|broke|lost )
rather be dead than ( #other|seen|wear|caught )
if i die ( in|on|at|during ) ( #other|marathon|race|class|game|exam|meeting|heat|traffic )
rope swing
worth living without ( #other|coffee|music|chocolate|internet|football|tea|cheese )
dead without my? .1 ( #other|phone|coffee|glasses|calendar )
( baby|kids|children's|maternity ) .9 not need
( live|living ) in #other
( hung|hang|hanging ) myself ( new|picture*|painting* )
( end|ending|ended|finish ) it with ( #other|him|her|them|my .1 THIRD )
last ( day|night|week ) .3 as
<!not|longer ( afraid|scared|terrified|fear ) of? .1 ( dying|death|DIE )
( life after|after life|near ) DEATH
NEG .2 ( self harm*|self harming|self injur* ) .3 ( in|for|since )
life in my .1 hands
SUIC ( squeeze|run|runs|drill*|hill|slide|wing|dive )
<!me|brain|mind|head|body|heart|soul|inside|voice|voices|who|it|that|THIRD wants .2 DIE
put* me out of my misery ,? ( and )? ( tell|say|did|do|what|is|which|how|who|already|just )
die with .2 boots
i ( thought|think|figured ) i .1 ( would|was|going|am ) .1 ( DIE )
( overdose|overdosed|overdosing|od ) .1 of? ( sugar|cuteness|chocolate|cheese|turkey|information|carbs|christmas|coffee )
slow SUIC
( smoking|drinking|playing|opening|attacking|running|going|climbing ) .5 ( is|was|be ) SUIC
( pure|absolute|total|complete|tactical|sheer ) SUIC !thoughts
( that|it ) .2 be suicide
( script|process|server|worker|thread|container|bot|program ) .4 SUIC
THIRD .3 rather DIE .1 than
THIRD .5 ( die|dying ) ( at home|in .2 ( house|bed|home|village|country ) )
( drives|driving|rides|riding|overtakes|brakes|descent ) .4 SUIC
NEG .1 wake|waking|woke .1 ( baby|kids|children|him|her|them|neighbor*|neighbour*|parents|dog|cat|roommate*|anyone|everyone|you|mom|dad|husband|wife )
( asked|ask|asks|asking ) .2 ( if|whether ) .6 ( SUIC|selfharm*|HURT|KILL )
( goldfish|dog|cat|hamster|fish|plant|plants|car|laptop|phone ) .2 WANT .1 DIE
looks could kill .6
( overdosed|overdose|overdosing|od ) on ( caffeine|coffee|chocolate|sugar|candy|netflix|vitamin* )
( live|living ) in .1 ( basement|house|flat|apartment|city|town|village|country|dorm|cave|tent|suburb* )
( delete|erase|deleting ) myself ( from|off )
NEG .3 ( type|kind|sort ) .2 ( HURT|KILL ) myself
NEG ( think|thought|thinking|considered|consider|contemplated ) ( of|about )? ( ENDS .1 my life|DIE|KILL myself|HURT myself|SUIC )
KILL|SUIC|shot|hanged|drowned|poisoned .3 in #year
be here NOMORE? .4 ( party|boring|bored|meeting|class|school|work|office|hotel|gym|museum|lecture|wedding|hospital|airport|town|city|job )
( party|boring|bored|meeting|class|school|work|office|hotel|gym|museum|lecture|wedding|airport|town|city|job ) .5 be here NOMORE
how .1 many|much MED .5 ( day|daily|headache|fever|migraine|safely ) .1 $
how .1 many|much MED .3 ( pack|packet|box ) $
( KILL|DIE ) .4 grenade*
no ( thought|thoughts|intention|intentions|urge|urges|plan|plans|desire|wish ) _2 ( KILL|HURT|dying|DIE|ENDS|SUIC )
( almost|nearly|practically ) KILL me
NEG .4 ( thought|thoughts|urge|urges|intention ) .2 ( KILL|HURT|dying|DIE|ending|SUIC )
NEG AUX? AUX? AUX? AUX? KILL|HURT myself !yet|enough|only|until|now
NEG AUX? AUX? AUX? AUX? ( commit|attempt|attempted|consider|considered )? SUIC !most|yet|right|today|anymore|but
NEG AUX? AUX? AUX? want|going|trying|wanted|will|would? be? DIE !anymore|here
NEG i? am? ( going|planning|about ) die
no longer AUX? AUX? ( die|dead|kill|hurt|harm|cut|SUIC )
NEG DIE
NO SUIC
NEG AUX? AUX? selfharm*
NEG AUX? AUX? cut|hurt|harm|harmed myself? .2 for|in|since
NEG .2 KILL|HURT .1 myself .2 not worry
<!not ( joking|kidding|joke ) .3 KILL myself
DIE|died for !years|months|weeks|days|long|ages|decades|so
DIE|died ( of|from|laughing|see|meet|know|hear|try|find|get|watch|read|visit|tell|inside|hair|my hair ) !overdose|SUIC
( am|is|are|was ) dying ( over|at|rn|lol|here )
rather ( DIE|KILL|jump .2 ) .2 myself? .1 than !STAY|go
rather ( DIE|KILL|jump .2 ) .2 myself? .1 than go !on|through|like
PETTY .5 ( KILL|jump|DIE ) .1 ( me|myself|$ | off|out )
( KILL myself|KILL me|jump|DIE ) .5 PETTY
we .4 ENDS it ( tonight|today|now|soon )
dose .4 ( dog|dogs|cat|cats|puppy|pet|horse|hamster|vitamin*|chocolate|caffeine|coffee|salt|sugar )
rather DIE|be .1 than be !STAY|alone|me
cross .4 DIE
swear .5 DIE
( almost|nearly|practically ) DIE|died
could DIE|died
( might|may|would|will ) DIE ( if|when )
( asked|ask|asks|asking ) .2 ( if|whether ) .2 SUIC
could kill myself ( for|that|over )
KILL|HURT myself ( laughing|working|studying|training|over|out|in work|in coffee|in chocolate|in ice|in netflix|in books|in foot|off|some|short|up|with food|with junk )
HURT myself .4 ACCID
ACCID .3 HURT|SLASH|hit myself|my
HURT myself ( on|with .1 stove|oven|paper|iron|pan|kettle|can|tin|glass|door|fence|grill|needle|scissors|knife|candle|lighter|straightener|toaster )
SLASH my .1 BODY .3 ACCID|hair
SLASH my .1 BODY .3 on !purpose
SLASH my .1 ( hair|nails|bangs|fringe|finger|fingers|thumb|hand|toe|knee|losses|hours|lawn|grass|tongue|bread )
career|political|social|financial|commercial|professional|economic|electoral|reputational SUIC
SUIC squad|mission|bomb*|rate*|prevention|awareness|hotline|door*|sprint*|king|risk|statistic*|watch|silence
( last|final ) ( message|text|post ) for
goodbye .2 ( letter|card|note|party|email|gift|video|speech ) .3 ( colleague*|coworker*|team|class|teacher*|boss|students|company|office|work )
( phone*|battery|laptop*|car|computer|plant*|cat|dog|fish|tree|flowers|engine|wifi|connection|controller|headphones|watch|ipad|device|hamster ) .4 DIE|died
( scratches|scars|marks|cuts|scratched|scratch ) .8 ( cat|cats|dog|kitten|garden|roses|thorns|bushes|surgery|accident )
( cat|dog|kitten ) .2 ( scratched|scratches|bit )
jump* .3 bed|pool|sofa|couch|swing|bike|plane|bandwagon|conclusions|joy|rope|conversation|topic|lake|sea|water|shower|trampoline
bungee .4
sleep forever .3 ( couch|bed|weekend|sofa )
cut|cutting myself ( slice|piece|break|deal|loose|free|bit )
( coffee|caffeine|chocolate ) .5 me alive
you .2 ( think|thought ) .1 about .1 ( death|dying )
date night
live forever
leave|leaving .1 ( place|town|city|job|country|house|school|company|apartment|village|flat|office )
leave .6 ( moving|move|relocat* )
end|ending .2 ( relationship|conversation|call|chat|game|day|week|subscription|contract|marriage|friendship|lease|meeting )
disappear* ( to|for|into|on ) .2
die .2 ( hair|shirt )
( over|until|till|day ) i die
do or die
die hard
dead ( tired|serious|end|line|battery|set|weight|lift|beat|inside|phone|sure|last|wrong|pool )
DIE|kill .4 TRIVIAL
TRIVIAL .4 ( makes|making|make ) me want .2 DIE|KILL
take|took all my ( meds|pills|medication|vitamins ) ( this|on|for|as|like|today )
( vacation|holiday|holidays|office|dentist|trip|travel*|flight|work|back|meeting|weekend|day off|appointment ) .6 will not .1 be here|around
will not .1 be here|around .6 vacation|holiday|holidays|office|dentist|trip|travel*|flight|work|back|meeting|appointment|game|party`,
  laughed: `( goodbye|farewell|bye ) .1 cruel world
AUX? WANT .2 DIE
kill me
KILL myself .2 laughing
dying|dead|died
TRIVIAL .6 KILL myself
KILL myself .6 TRIVIAL`,
  own: {
    "crisis.active": `( not|no longer ) .2 ( scared|afraid ) .2 ( dying|death ) .5 ( welcome|want|ready )
~ WANT SOFT? die for ( years|months|weeks|ages|decades|so long|long time )
( height|high|floor|floors|storey|storeys ) .6 ( not|never ) .1 ( survive|survivable|make it )
( find|found|finding ) me .2 ( swinging|hanging|dead|cold|floating )
( swinging|hanging ) from .3 ( beam|rafter*|ceiling|banister|pipe )
my own death
( date|day ) .4 my own? death
~ ( survived|botched|failed ) my .2 ( overdose|attempt|hanging ) .9 ( second|again|next|mistake*|time )
( being|be ) dead .2 ( sounds|seems|feels|looks|would ) .5 ( good|peace*|nice|better|rest|sleep|easier|relief )
( feet|legs ) .2 ( over|dangling|hanging|off ) .3 ( edge|ledge|roof|railing|side )
( how much|how many|amount|dose ) .6 ( stop|kill ) .2 ( person|adult|somebody|someone|heart ) .5 ( size|weight|myself|me|i am )
( waiting|waited|wait ) .2 ( for )? .3 ( HEAVY|freight|express ) .6 ( crossing|platform|tracks|back )
( crossing|platform|tracks ) .9 waiting .3 ( HEAVY|freight|express )
( answer|join ) .3 ( river|sea|ocean|water ) .6 ( not come|never come|come back )
~ WANT .4 ( not|never ) come back up
~ ( HEAVY|trains ) .9 ( step|stepping|jump|jumping|throw|throwing|walk|walking|lie|dive ) .2 front
~ WANT .3 ( step|stepping|jump|jumping|walk|walking|throw|throwing ) .2 front .2 ( it|one|them|HEAVY )
~ WANT .2 ( go|going|fall|falling|drop|dropping ) off .2 ( top|DROP )
~ WANT .3 ( use|using|turn|turning ) it on myself
( gun|rifle|pistol|shotgun|revolver|weapon|glock|sidearm|barrel|muzzle ) .9 ( mouth|temple|chin|forehead )
SUIC .4 ( only|all ) .3 ( thing|think|exit|door|left )
~ WANT .2 ( do myself in|top myself|neck myself|do away with myself|take my own life )
~ WANT .3 ( open|opening|slice|slicing ) .1 my ( wrist|wrists|vein|veins|throat|artery|arteries )
~ ( drive|driving|steer|steering|swerve|swerving|crash|ride ) .4 ( into|off|under ) .3 ( tree|wall|pillar|lorry|truck|traffic|river|cliff|bridge|barrier ) .4 ( purpose|end|over|peace|done|die|insurance )
~ WANT .3 ( walk|swim|wade|walking|swimming|wading ) .2 ( into|out ) .3 ( sea|ocean|lake|river|water|waves ) .4 ( drown*|not|never|until|till|keep|gone )
~ WANT .2 ( drown ) ( $ | , | myself|tonight )
~ ( DEATH|die|dead ) .2 ( only|one|last ) .2 ( way|option|answer|choice|exit|thing|out|solution ) !to
( pull|pulling|pulled ) .1 trigger ( $ | , | on myself|and|myself|tonight|soon )
~ i .6 ( do|doing|did ) it and ( die|end )
~ DEATH .6 ( relief|peace|peaceful|comforting|freedom|appealing|welcome|mercy ) !of|for
~ DEATH .6 ( good|sweet|kind|beautiful|better|easier ) .1 ( me|than .1 living|than .1 life )
( close|near|verge|edge ) .2 ( ending|end ) ( it|things|everything|my life )
i .3 ( drank|drink|drinking|swallowed ) .3 ( bleach|poison|antifreeze )
if i .2 ( guts|courage|nerve|brave|braver|balls|strength|strong ) .5 ( dead|die|KILL myself|do it|gone|end it )
( guts|courage|nerve|brave ) .1 ( die|KILL myself|end it )
( only|one ) .1 ( way|thing|option|solution|choice|exit ) .9 ( die|dying|death|dead )
before i ( end|finish ) it
( end|ending ) .1 my ( suffering|pain|misery|existence|agony )
~ ( wish|hope|want|need|can ) .2 ( someone|somebody|anyone ) .2 ( kill|shoot|murder|end|kills|shoots|murders ) me
~ WANT SOFT? SOFT? ( gone|dead ) ( forever|for good|$ )
no .2 way out .3 ( death|dying|die|SUIC )
( except|but|besides ) ( death|dying )
( planning|plan|going|want|ready|decided ) end things ( tonight|today|soon|now|for good|forever|tomorrow|$ )
SUIC .2 ( comforts|comforting|tempts|calls|tempting )
( want|better|happier|be|soon ) .2 six feet under
~ WANT kms
^ kms
i kms
( slit|cut|slash|slitting|cutting ) my ( throat|neck )
~ want out of .1 ( life|world|everything )
( voice*|brain|head|mind|thoughts ) .5 ( end it|KILL myself|die $ )
~ KILL|off myself !up
~ i _3 ( am|feel|feeling|felt|having|getting|have|been|become|becoming ) .2 SUIC
~ WANT SOFT? SOFT? SOFT? die|dead|unalived !for|tired|tomorrow's
~ feel like ( dying|death )
( think|thinking|thoughts|dream|dreaming|fantasi*|long|longing|wish|wishing|pray|praying|crave|beg|begging|ready|wait|waiting|want ) ( about|of|for ) .1 ( dying|death )
~ WANT dying
( favour|favor ) .3 ( dying|die|dead )
( stop|end|ends|peace|free|over|rest|happy ) .3 ( when|until|once ) i am dead
can not wait .1 DIE|until
~ want|need|crave|welcome|embrace|seek|choose|choosing|chose death
~ ( want|wanting|wish ) nothing .2 DIE
~ all i ( want|think|dream|need ) .3 DIE
~ ( looking|look ) forward DIE
death ( would|will|is|seems|sounds|feels|looks ) .3 ( relief|only|answer|peaceful|peace|better|easier|freedom|escape|nice|comforting|way|option|solution|appealing )
i _3 ( think|thinking|dream|fantasi*|obsess*|ideas|thoughts ) ( about|of )? .1 ( dying|death|being dead|DIE )
ENDS .1 my .2 life !savings|story|partner
( end|ending|ended ) it all|tonight|now|today|soon|permanently|forever
ENDS .1 ( everything|things ) ( for good|forever|permanently|once )
~ want|ready|going|thinking|decided|about|how|wish|could .2 ( end|ending ) ( everything|it|things|myself|my existence )
put* .1 end .1 ( it|everything|myself|my|all ) .1 ( life|$|all|existence|misery|suffering|pain )
put* me out of my misery
make it all stop forever
~ WANT .3 ( check out|leave|quit|exit|depart ) .2 ( life|world|earth|planet|forever|permanently|for good )
~ WANT .3 ( done|finished|over ) with? ( life|living|existing|existence|world|it all )
i am ( done|finished ) with? ( life|living|existing|being alive|world )
~ commit|committing SUIC
~ ( attempt|attempted|attempting|considering|consider|contemplate|contemplating|contemplated|committing ) SUIC
~ WANT .2 jump|jumping|leap|throw|throwing|fling|hurl .1 myself? .3 DROP|HEAVY
~ WANT .2 ( step|walk|run|lie|lay|stepping|walking|drive|driving|crash|crashing|swerve|swerving ) .6 ( HEAVY|DROP|tree|wall|pole|ocean|river|lake )
( blow|blowing|put|putting|shoot ) .2 ( brains|bullet|gun ) .3 ( out|head|mouth|temple|brain|skull )
bullet .3 ( head|brain|skull )
( gun|pistol ) .4 ( head|mouth|temple )
blow my .1 ( brains|head )
~ ( give|giving|given|gave ) up on ( life|living )
~ WANT .2 ( leave|leaving|escape|exit ) .1 ( world|life|earth|planet )
~ WANT .3 ( drink|drinking|swallow|take|chug ) .2 ( bleach|poison|antifreeze )
~ WANT ( bleed|bleeding ) ( out|death|dry )
let me ( die|go peacefully|bleed )
( fantasi*|dream|dreaming|imagin* ) .2 not .1 ( existing|exist|alive|being alive )
( drive|driving|drove ) .2 ( over|off ) .1 ( cliff|bridge|edge )
( cliff|bridge|edge ) .8 ( driving|drive ) ( over|off )
<!no time DIE
( is|does ) ( hanging|drowning|overdosing|suffocating ) .2 ( hurt|painful|painless|quick )
( tired|exhausted|weak|broken ) .1 ( keep|keeping|go on|continue ) .1 ( living|existing )
( stand*|sitting ) .3 ( platform|tracks ) .8 ( over|jump|step|fast|quick* )
( give|giving ) up and DIE
( voice*|head|brain|mind|thoughts ) .5 ( KILL ) yourself
( voice*|head|brain|mind ) .3 me .1 ( jump|DIE|KILL )
( imagin*|picture|picturing ) .3 my own? ( funeral|death )
( find|found|finding|discover ) my ( body|corpse )
( enough|sick|tired ) of .1 ( life|living|being alive ) .3 ( want|over|stop|end|out|$ )
~ ( should|deserve|might as well|rather ) .2 be? ( dead|die )
i .2 better ( off )? dead
i am better dead
my SUIC
SUIC is ( all|only|my|answer|way|best|one )
SUIC .3 ( only|option|answer|solution|way out|escape ) !is|not
( nothing|no* ) .3 ( left|except|but ) ( except|but )? SUIC`,
    "crisis.passive": `( improve|better|easier ) .3 if i .2 ( out of it|gone|not in it )
NEG .2 deserve .4 ( planet|world|earth|oxygen )
( fall asleep|go sleep|asleep ) .3 and .2 ( that be it|be it|that is it|be over|be done )
if .2 HEAVY .1 ( hit|hits|ran|run|flattened|took ) .2 me .6 ( relieved|relief|glad|fine|happy|grateful|mind|thank* )
~ ( pray|prayed|ask|beg|hope ) .5 ( lord|god|he|heaven ) .1 ( takes|take|took|taking|call|calls ) .1 me
( lord|god ) .2 ( take|takes|call|calls ) me .4 ( night|morning|home|soon|sleep )
( hope|wish|pray|want ) .3 my .1 heart .3 ( quits|quit|stops|stop|stopped|give|gives )
( tired|sick ) of .2 ( having|being ) .1 ( pulse|heartbeat|breathing )
not want .3 on earth
no .2 ( version|future|world|tomorrow ) .5 me in it
( envy|jealous|envious ) .4 ( dead|graves|graveyard|cemetery|buried|obituar*|coffin* )
( angry|disappointed|upset|gutted|annoyed ) .3 ( still )? .2 ( breathing|alive|woke|awake )
( thought|idea ) .1 ( not existing|not being alive|not being here|not waking ) .6 ( comfort*|peace*|relief|calm* )
( worth more|good for ) .3 ( dead|insurance )
insurance money .8 ( dead|gone|good for|without me )
no point .2 ( me|i|my ) .1 ( being|am|staying|living ) .1 ( here|alive|$ )
~ ( angry|disappointed|mad|furious|upset|ashamed|hate ) .3 i .2 still .1 ( breathing|alive|here|living )
pretend* .3 want .2 ( LIVE|alive )
( sleep|asleep ) .2 ( never|not ) .2 ( come back|return )
( future|tomorrow ) .4 ( not|no|never|without ) .4 alive
no .3 future .5 alive
( relief|better|nice|fine|easier|glad|happy ) .3 if .3 HEAVY .3 me
( hope|hoping|pray|praying|wish|wishing|want|wanting|rather ) .4 ( NEG ) .2 ( open my eyes|see .1 morning|see tomorrow )
tomorrow never ( came|comes|come )
( being|staying|be|stay ) alive .4 ( heavy|hard|hell|much|unbearable|exhausting|pain|effort|work|burden|curse|punishment ) !to
~ ( rather|prefer ) not ( be|exist ) ( $ | , | alive|here )
( never|not ) .1 ( supposed|meant|made ) .2 ( born|exist*|here|alive|world|planet|earth|life|live )
( just|better|could|should|can ) .1 bury me
~ NEG AUX? AUX? want|wanting|wish|care|deserve .2 LIVE !in|with|at|alone|near|together|there|here|off|on|next|up|between|under|by
~ NEG .2 ( want|wanting|wish ) ( live|living|be alive|exist ) ( here|on|in ) ( NOMORE | .1 ( world|earth|planet ) )
~ NEG .2 ( want|wanting|wish|supposed|meant ) ( be|stay|remain|go|keep ) .1 ( here|around|alive|going|on|living ) ( NOMORE | $ )
~ NEG .2 ( want|wanting|wish ) .1 ( be|stay|live|exist ) .2 ( world|earth|planet )
( mind|care|fine|okay|nice|relieved|wish|hope ) .3 ( truck|car|bus|train|lorry|plane|meteor|lightning ) .1 ( hit|ran|hits|struck|took|crushed|killed ) .1 ( me|over|my )
( regret|hate|resent|hated ) .2 ( being|been|was|ever ) .1 born
~ no longer .3 ( reason|point|sense|purpose|use ) .2 LIVE
wish .4 never ( had|made|created|gave|given|birthed ) .2 me
~ NEG AUX? AUX? want .2 ( see|face|reach ) .2 ( tomorrow|another|morning|next )
~ NEG .2 ( plan|planning|expect|intend|think|see ) .5 ( around|alive ) .2 ( for|by|next|much|long|at|$ )
NEG feel like LIVE !in|with|at|here
( can not|not|no|nothing ) .3 ( reason|reasons ) .2 ( keep going|go on|carry on|continue|stay|be here )
~ NEG AUX? AUX? want|wanting|wish .2 wake up !at|early|for|before|with|next|late|in
~ no longer ( want|wish|care|have ) .3 ( LIVE | be here|around )
~ ( stop|stopped|lost|lose|losing ) .3 ( want|wanting|will|desire|reason|reasons ) .1 LIVE
~ NO .1 ( reason|reasons|point|sense|purpose|use|worth|will|desire|motivation|hope|meaning ) .3 LIVE !without
( see|find|have|got|feel ) NO .2 ( reason|reasons|point|purpose|sense|use ) .4 ( LIVE|going|go|on|here|keep )
( what|where ) is .1 ( point|use|purpose|sense|reason ) .3 ( LIVE|waking|going on )
why .2 ( keep|bother|stay|continue|should|am ) .2 ( living|alive|breathing|exist|existing|live|here $ )
nothing .2 ( live|living|stay ) .1 ( for|alive )
~ can not ( live !without|exist|stay alive|keep living|go .1 living|bear living|stand living|do life|face living|keep existing )
~ can not .2 ( go|carry ) on ( any|anymore|much|longer|living )
~ ( tired|sick|exhausted|done|weary|fed|hate|hating|hated|regret|bored|over ) ( of|from|up|with )? with? ( living|being alive|existing|existence|life|breathing|waking|my existence )  !in|with|at|alone|here|on
wish .2 i .1 ( was|were|had|could|would|did|am|never|be )? .3 DIE|died !hair
wish .2 i .2 ( NEG|never ) .3 ( alive|exist*|born|wake|waking|woken|woke|here|around|been )
wish .2 i .2 ( stop existing|cease|fade|vanish|disappear|evaporate|sleep forever|be gone|was gone|were gone|stop breathing|fall asleep|go sleep )
( wish|hope|pray|praying|wishing|hoping ) .2 ( something|someone|car|truck|bus|train|cancer|accident|god|plane|illness|lightning|heart|i ) .2 ( would|will|gets|get|could|runs|hits|takes|kills )? .2 ( hit by|hits me|hit me|kill me|kills me|killed|run over|runs me|take me|takes me|cancer|crash*|in accident|struck|murdered|not make|stop beating )
wish .4 ( me|i ) ( who|that|had )? ( died|was killed|passed )
should .1 have ( been me|died )
should .2 never .1 have? ( been )? .1 ( born|existed )
( never|not ) .2 been born
( i|me ) being born .3 mistake
my ( existence|birth|life ) .1 ( is|was|feels ) .2 ( mistake|burden|pointless|meaningless|worthless|useless|waste|over|unbearable|hell|empty|nothing|not worth )
my life .2 NO .3 ( meaning|purpose|point|sense|value|worth )
life !without .2 ( is|has|feels|seems|holds ) .2 ( pointless|meaningless|worthless|unbearable|not worth|no meaning|no point|no purpose|no sense|nothing left|not meant )
( life|living|it ) .2 NO .2 worth ( living|it|anything ) $
worth living NOMORE?
~ WANT .2 ( disappear|vanish|evaporate|fade ) ( forever|completely|for good|permanently|and|from|$ | , )
disappear|vanish forever|permanently|completely
~ WANT .2 ( stop|cease|quit ) ( existing|living|breathing|being|exist|be )
( nobody|no one|NO|who|would|everyone ) .5 my funeral
why .2 i .2 born
( hate|regret|disappointed|angry|upset|sad|wish ) .3 i .1 ( woke|wake ) up !early|at|late|so|before
( everyone|everybody|family|world|parents|kids ) .2 ( would|will ) .1 be .2 ( better off|happier|relieved ) ( $ | , )
( take|kill ) me in .1 sleep
god .2 ( take me|let me die )
if i ( jumped|jump|hanged|overdosed|die|died ) .4 ( hurt|quick|painful|notice|care|work|miss )
should not .1 ( alive|exist|be here|be living )
~ pray|praying|hope|hoping|wish .6 NEG .1 ( wake|waking )
~ want|wanted|wish|hope|pray|rather|prefer|love|like .2 ( NEG|never ) .2 ( exist|wake|be alive|be here|live|waking|come back|born|existed|open my eyes )
( sleep|asleep|bed|eyes ) .3 ( forever|never wak*|never wake|not wake|never wakes|never open|and not )
( hope|wish|pray|want|love|nice|better|mind|care|if|great ) .4 ( NEG ) .1 ( wake|waking|woke|woken )
( NEG ) .1 ( mind|care|bother|matter|sad|afraid ) .4 ( i|not|my|if|me ) .2 ( die|died|dead|dying|waking|wake|woke|alive|live|lived|existed )
( not|would ) ( mind|care|afraid|scared|fine ) .2 dying
would .2 ( fine|okay|ok|relief|glad|relieved|happier|happy|grateful ) .3 ( dying|died|not waking|if i|dead )
~ better off ( without me|dead|if i|gone|not )
( better|happier|easier|relieved|relief|lighter|richer|improved|fine|okay|ok ) .4 ( without me|if i .3 ( GONE|not|exist*|died|left|never ) | once i .2 GONE | when i .1 GONE )
without me .3 ( better|happier|easier )
if i .3 ( GONE|not exist|not alive|never existed|not around|not wake ) .4 ( NEG|nobody|better|no|who|happier|relieved|world|everyone|care|notice )
( nobody|NO|who|would|will|anyone|everyone|WE ) .3 ( miss|notice|care|mourn|cry|sad|bother|come|relieved|matter|remember ) .5 ( if|when|that|once ) .2 i .2 ( GONE|died|disappear|vanish|killed|alive|existed )
( nobody|NO|never|no ) .3 ( miss me )
( burden|deadweight ) .4 WE .6
~ <!NEG i _4 burden .6 ( better|gone|dead|without|relieved )
( NEG ) .2 deserve .2 ( live|life|alive|exist|breathe|be here )
waste of ( space|air|oxygen|skin|life )
world .3 ( not need me|without me|better off )
( no|not ) .1 ( place|belong* ) .3 ( world|earth|planet )
( NO|nothing ) future .8 ( want|die|over|end|point )
( NEG ) .1 ( see|picture|imagine ) ( myself|me ) ( alive|living|making|being|past|in future )
( NEG ) .2 ( make|making ) it ( past|through|until|till|another ) .1 ( tonight|night|week|year|birthday|christmas|month|30|25|20|18|weekend )
~ i want .2 ( it|everything|life ) ( all )? ( be )? over
want .1 my life .2 ( over|end|ended|stop|finished )
sure .3 NEG .1 wake
only .2 ( keeping|keeps|stopping ) me ( alive|here )
can not .3 ( stay alive|keep myself alive )
ready ( go|leave ) ( forever|for good|now $ )
( die|dying|death ) ( in my sleep | alone and soon )
( wake|waking ) up .2 ( disappointed|disappointment|punishment|torture|nightmare )
every .1 ( day|morning|night ) .3 wish .2 ( dead|die|not )
if i .2 ( die|died ) .1 ( tonight|tomorrow|today|sleep|in )
( being|staying|be|stay ) alive .3 ( hurts|exhausting|painful|chore|unbearable|too|hard|torture )
living .2 ( hurts|exhausting|torture|unbearable|painful|hell )
( existing|breathing ) .2 ( hurts|exhausting|painful|hard|exhausts )`,
    "crisis.plan": `i am .1 ( about|ready|going ) .1 jump ( $ | , | off )
bought .1 ( rope|noose ) ( $ | today|tonight )
( window|balcony|ledge|DROP ) .9 ( let go|letting go|let myself fall|letting myself fall|let myself drop )
( googled|searched|looked up|google ) .2 ( painless|quick|easy|sure ) ( methods|ways|method )
MED .2 ( lined up|laid out|set out|counted out )
( swallowed|took|taken|downed|swallow ) .2 ( whole|entire|full ) ( packet|pack|blister|strip|tub|jar|lot )
by time .3 ( reads|read|finds|find|gets|get ) .4 i will .2 ( gone|dead|over )
( date|plan ) and .2 ( means|method )
( belt|scarf|cord|cable|rope|sheet ) .4 ( door handle|doorknob|door knob|handle|rafter*|beam|banister|hook|closet rod )
( counted|counting|count ) .4 ( MED|them ) .4 ( enough|MED )
( MED ) .6 ( counted|counting ) ( them|$ )
~ ( standing|sitting|stood|sat ) .2 ( on|at ) .2 ( overpass|bridge|ledge|rooftop|parapet|viaduct ) .6 ( watching|looking|staring|hour|hours|down )
( bridge|overpass|roof|cliff|spot|rope|train ) .2 ( picked|chosen ) ( out )? ( $ | , | already )
DROP .4 ( imagine|imagining|think|thinking|fantasi* ) .3 ( letting go|let go|jumping|falling )
how ( high|far|deep|tall ) .6 ( fall|jump|drop|cut ) .5 ( sure|die|dead|kill|fatal|certain )
( giving|gave|give|given ) .2 ( stuff|things|clothes|everything|belongings|possessions|cat|dog|pets ) away .8 ( not need|gone|before|die|goodbye )
MED .8 ( NEG ) .1 ( wake|waking )
i _2 ( know|chose|chosen|picked|found ) .1 ( which|what ) .1 ( bridge|train|cliff|roof|platform )
( bought|got|have ) .2 ( gun|pistol|rope ) .4 ( done|over|free|peace|end )
( rope|noose|gun|pistol|pills|razor|tablets ) .6 ( letter|letters|note|notes|goodbyes ) ( $ | , | is|are|done|written|ready )
( which|what|how|amount ) .8 ( stop|stops|stopping ) .2 heart .3 ( sure|forever|$ | pain*|quick*|myself|mine|beating $ )
( MED|MEANS ) .2 ( in|next|beside|near|ready|front|under|on ) .2 ( hand|hands|me|lap|side|pillow|table|desk|closet )
( got|have|holding|bought|buying|ordered|order|hold|found|loaded|load|borrowed|getting ) .2 ( MEANS|MED|noose|bleach|poison|charcoal ) .5 ( myself|die|it all|end|kill|suicide|hang|over|tonight|head|overdose )
how many|much .1 MED .7 ( die|KILL|death|dead|fatal|lethal|overdose|od|end|enough|never )
i _4 loaded MEANS
( gun|pistol|rifle|revolver|shotgun ) ( is|am )? loaded
( bought|got|have|tied|knotted ) .2 ( rope|noose|cord|belt ) .8 ( beam|rafter*|hook|ceiling|neck|branch|banister )
noose .3 ( ready|tied|hanging|up|closet|garage|neck )
~ ( take|took|taken|swallow|swallowed ) whole|entire bottle|box|pack ( $ | , | of MED|tonight|now )
~ ( took|taken|swallowed|take ) ( 10|12|15|20|25|30|35|40|45|50|60|70|80|90|100|dozens|twenty|thirty|forty|fifty|sixty|hundred ) .2 MED
( letter|note|video|notes ) .8 ( after|when|once ) i ( die|am dead|am gone|kill )
( bottle|handful|box|stash|bunch ) of? MED .7 ( take|swallow|taking|took ) .3 ( all|them|it|now|tonight )
~ ( took|swallowed|downed ) ( bunch|lot|lots|ton|load ) of? MED
DROP .3 ( jump|jumping ) off
( wrote|written|writing|finished ) my ( note|notes ) ( $ | , )
( painless|peaceful|quick|easy ) way .1 ( go|leave|out ) ( $ | , )
( MED ) .4 ( kill me|end me|enough die|enough kill|finish me )
enough ( MED|of MED ) .5 ( die|kill|end|never|overdose|sleep forever )
( painless|easiest|quickest|fastest|easy|quick|surest|peaceful|painlessly|least|simplest|gentlest|effective|foolproof|reliable ) .4 ( way|ways|method|methods|how )? .3 ( die|KILL myself|end my|SUIC|dying|end it all|go forever|unalive )
best ( way|ways|method|methods|how ) .3 ( die|KILL myself|end my|SUIC|dying|end it all|unalive )
( way|ways|method|methods|how ) .5 ( KILL yourself|KILL myself|end my|commit|suicide method*|hang myself|end it all )
~ SUIC ( plan|method*|pact )
how .2 ( do|can|could|should|would )? .1 i ( die|disappear forever|bleed out|overdose|od|hang|end it )
( way|ways|method|methods ) die
how ( die|dying ) .2 ( painless*|peaceful*|fast|quick*|without|sleep|alone )
how long .4 ( die|bleed|bleeding|drown|hang|suffocate )
( tie|tied|tying|made|make|hang|hung ) .2 ( noose )
i _4 noose
~ ( will|can|could|might|should|going|want|planning|tried|thinking|about|ready|i|gonna ) .2 ( overdose|overdosing|od ) !on
~ ( take|took|taken|taking|swallow|swallowed|swallowing|down|downed|eat|ate|pop|popped ) .2 ( all|whole|entire|bottle|box|handful|pack|many|every|bunch|rest|everything ) .5 ( MED|cabinet )
~ ( swallow|swallowed|swallowing|downed ) .3 MED
( i|am|been|have ) .2 ( stockpil*|hoard*|collecting|saving|saved|stash*|stocked ) .3 MED
( write|writing|wrote|written|recorded|recording|finished|left|drafted|leaving|composing ) .4 ( goodbye|farewell|final|last|suicide ) ( letter*|note*|video*|message*|words )
( goodbye|farewell ) ( letter*|note*|video* )
( pick|picked|picking|chose|chosen|choose|set|decided|have|know|got ) .2 ( date|day|time|place|spot|night|method ) .6 ( die|dying|end|kill|death|disappear|go for good|leave world|for good|do it|suicide )
( plan|planned|planning|plans ) .4 ( KILL myself|my death|my suicide|die|end my|end it|my own death )
( made|have|got ) .2 ( plan|plans ) ( and|how ) .5 ( die|kill|go through|end|means|method )
~ ( stand*|sitting|sit|sat|climb*|am|leaning|staring|at ) .3 ( ledge|railing|edge roof|edge of roof|edge of bridge|edge of cliff|edge of building )
( jump|jumping|step|stepping|throw|throwing|walk|walking|lie|lying|run ) .3 ( front|under|before|into|onto ) .2 ( HEAVY|tracks )
affairs in order .8 ( go|gone|leave|die|before|end|i )
( give|giving|gave|given ) .1 away .5 ( things|stuff|belongings|possessions|everything|clothes|pets|cat|dog ) .8 ( not need|gone|before|die|leave|goodbye|anymore )
not need .4 ( where i|anymore where|after tonight|after i|once i )
( tonight|today|tomorrow|night|friday|sunday|saturday|weekend ) .4 ( is )? .2 ( i die|i end|i kill|i will die|i am dying|night i|day i die )
last ( day|night|birthday|christmas|week|evening|sunset|summer|meal ) .2 ( alive|earth|on earth|living|life|of my life )
( google*|search*|research*|looked|looking ) .3 ( how|ways|methods|about ) .3 ( die|kill|suicide|hang|SUIC|overdose )
( gun|pistol|knife|rope|razor ) .8 on myself
if i .2 ( take|took|swallow ) .5 MED .4 ( die|kill|happen|enough|wake )
by ( this|time|end|my|tonight|next|tomorrow|friday|monday|christmas ) .4 i will .2 ( be )? ( dead|gone forever )`,
    "crisis.farewell": `( goodbye|farewell ) .2 ( for good|forever )
my last ( evening|night|day|hours ) ( $ | , )
( look after|take care|watch over ) .6 ( no longer|not ) .1 ( around|here|alive )
i will .2 gone ( by|before|after ) .2 ( weekend|monday|tuesday|wednesday|thursday|friday|saturday|sunday|then|christmas|morning|tomorrow|spring|summer )
( tonight|today ) is .1 ( last|final|end ) ( night|day|time|one|$ )
tell .3 THIRD .2 not .1 ( her|his|their ) fault ( $ | , )
( goodbye|farewell|bye|goodby ) ( forever|world|cruel|my life|for good|for last|last time|one last|for ever )
( last|final ) ( goodbye|goodbyes|farewell|farewells )
goodbye .2 before i
( is|was|be ) .1 ( my )? ( goodbye|farewell ) ( $ | , | forever|from )
( is|be|was ) .1 my .1 ( last|final ) ( message|text|words|post|note|conversation|goodbye|letter )
my ( last|final ) ( message|words|goodbye|hours|text )
( last|final ) ( message|text|time ) .2 ( ever|you will|from me|i will|we )
( never|not|won't ) .2 ( see|hear|talk|speak ) .2 ( me|from me|each other|with me|you ) ( again|ever|anymore|NOMORE|after )
will not .2 be ( alive ) .4
will not .2 be ( here|around ) ( tomorrow|by|much|anymore|longer|any|when|in morning|after|next|for|soon|$ )
by time .2 ( you|anyone|they|WE ) ( read|see|find|get ) .5
i will .2 be ( dead ) .4
i will .2 be gone ( by|tomorrow|soon|forever|when you|before|in morning|for good|tonight )
( tomorrow|morning|tonight|soon ) .2 i will .1 be ( dead|gone ) ( $ | , )
( tomorrow|soon ) .1 i .1 ( will )? .1 not .1 be ( here|alive|around ) ( $ | , )
( when|after|once|if ) i am ( dead|gone ) .2 ( please|tell|take|look|remember|make|give|let|my|promise )
( take care|look|remember|tell|feed|watch over|give ) .7 ( when|after|once ) i am ( dead|gone $ | gone forever )
tell .4 ( loved ) ( him|her|them|you|$ )
not .2 ( worry|deal|bother ) .3 me ( anymore|again|after|any|much )
i will .1 ( be|see|join ) .5 heaven
( leave|leaving|left|depart* ) ( world|earth|planet|life )
see you .2 ( other side|next life|heaven|hell|afterlife|another life ) ( $ | , )
is .1 ( end ) ( for|of ) me
not .1 ( get|have ) .1 chance ( $ | say|tell )
not blame yourself* .3 ( when|after|for what|gone|i|none )
( forgive me ) .8 ( goodbye|gone|leaving|farewell|last|what i am about|done|am going do )
sorry .5 ( for what i am about|have leave|could not stay|hold on any|not strong enough|leaving you|can not stay|for everything .4 goodbye )
remember me ( when|after ) i
( had|have|was|been ) .1 ( good|nice ) run .3 ( goodbye|over|end )
( know|remember|tell|telling ) .3 love* .8 ( goodbye|last time|i am gone|not be here )`,
    "crisis.selfharm": `( blade|razor ) .2 ( under|behind|inside|in ) .3 ( phone|case|pillow|wallet|drawer ) .6 ( used|use|cut|again )
( again|deeper|tonight ) .4 , ( cut|slashed|burned ) my BODY
( cut|slashed ) my BODY , .4 ( deep*|again|worse )
( carve|carved|carving|scratched|cut|etched ) .4 ( word|words|name|letters|line|lines ) .3 ( in|into|on ) .1 my own? _1 ( BODY|leg|hip|hips|belly|stomach|chest )
( burn|burned|burnt|burning ) .1 my own? _1 ( BODY|arm|leg|hand|hands ) .5 ( purpose|again|deliberately|intentionally|feel|punish* )
( purpose|deliberately|intentionally ) .5 SLASH|HURT .1 my .2 BODY
( scratched|scratching|picked|picking|peeled|peeling|tore|tearing|clawed|clawing ) .1 my .4 ( bloody|raw|bleed*|bled )
( stab|stabbed|stabbing|poke|poked|poking|jab|jabbed|press|pressed|push|pushed|dig|dug|digging|stick|stuck|hold|held ) .4 ( compass|pin|needle|nails|scissors|pen|tack|blade|glass|cigarette|lighter|iron ) .4 my .2 ( BODY|hand|palm|belly|leg|hip|hips|ankle|ankles|shoulder )
( compass|cigarette|cigarettes|lighter|hairpin|straightener|blade ) .3 ( into|on|against|out ) .1 my .2 ( BODY|hand|palm|hip|hips|ankle|ankles )
( punch|punched|punching|hit|hitting|slam|slamming ) .2 ( wall|door|mirror|myself|head|desk ) .4 ( until|till ) .4 ( bleed*|blood|bled|knuckles|numb|bruise* )
( bleeding|blood|bleed|bled ) .6 ( on purpose|purposely )
without cutting .6 ( relaps*|again|slipped|today|tonight )
( days|weeks|months|year ) .2 clean .6 ( relaps*|slipped|cut|blade )
i cut ( and|until|it|so|too ) .3 ( bled|blood|bleed*|deep* )
( again|still|it ) , i cut
~ HURT myself !off|some|short|up|out|slack
~ i _6 ( selfharm*|self harm*|self harming|self injur*|self mutilat* )
^ .1 ( selfharm*|self ) ( harm* )? ( again|is|helps|relapse )
relaps* .4 ( self|selfharm*|cut|cutting|SH|burning )
( slit|slitting ) my .2 BODY
i _4 SLASH .1 my own? _1 BODY
WANT .2 SLASH .1 my own? _1 BODY
( SLASH|marks|scars|cuts|wounds|scratches|burns ) .2 ( on|up|down|all|into|along|across ) .2 my own? _1 BODY
( urge*|want|need|craving|temptation|desire|itch|tempted|miss ) .1 ( cut|cutting|burn|self|blade|selfharm* ) ( $ | , | again|tonight|so|deep*|but|until|my|and|right|bad|when|every )
( stop|quit|stopped|quitting|start|started|starting|resist|resisting|back|addicted|resumed|began ) ( cutting|cut|burning ) ( $ | , | again|myself|my|since|because|when|and|last )
( clean|free ) .6 ( cut|cutting|selfharm*|self )
use .2 on my BODY
( razor|razors|blade|blades|knife|scissors|lighter|cigarette|glass|needle ) .4 ( skin|wrist*|my arm*|my thigh*|my leg*|myself|to myself )
( make|made|making|see|watch|seeing|watching|feel ) ( myself|me ) ( bleed|bleeding )
( hit|hitting|punch*|bang*|scratch*|pick*|bite|biting ) .6 ( until|till ) .4 ( bleed*|bruis*|blood|raw|numb|hurt* )
( bang*|hit*|smash* ) my head .5 ( on purpose|until|hurt|punish )
( pain|hurt|numb ) .2 i cut $
^ cutting .3 ( helps|only|makes|calms|relief|relieves )
^ ( cutting|slicing|slashing|burning ) my BODY ( $ | , | again )
i cut ( again|tonight|last night|deep* )
my BODY .3 ( cuts|scars )
my .1 ( wrist|wrists ) .2 ( bleeding|bleed )
so i cut ( $ | myself|again )
( like|about ) ( cutting|cut ) ( $ | again|tonight|, )
i _3 ( been|started|am|keep|still|was ) cutting ( $ | , | again|since|for|because|deep*|when|every )
( pain|blood|bleeding ) .4 ( only|makes|helps|calms|relief|relieves ) .4 ( feel|alive|calm|numb|real|cope )
( deserve|deserves ) ( pain|be hurt|hurt|be punished|suffer )
punish* myself
starv* myself .4 ( deserve|suffer|punish|hurt )
( took|taking ) .3 ( razor|blade ) .4
my ( selfharm*|self harm|self harming|self injury )
( fresh|new ) ( cuts|scars|burns|wounds ) .3`,
    "concern.other": `THIRD -5 WANT .2 DIE !for|of|from
THIRD -6 ( kill|killing|hurt|hurting|harm|harming|cut|cutting|hang|shoot|unalive|end|starving|cuts|hurts|harms|burns|drown|burning ) ( himself|herself|themselves|themself|him self|her self )
( kill|killing|hurt|hurting|harm|harming|cut|cutting|hang|shoot|unalive ) ( himself|herself|themselves|themself )
THIRD -5 ( cutting|selfharm*|self harm*|self injur*|cuts ) ( and|$|again|,|because|behind|in|since|when|for|everyday )
THIRD -5 ( end|ending|take|taking|threatening end ) ( his|her|their ) .1 life
THIRD -4 ( NEG|no ) .3 ( live|be alive|be here|living|exist|wake ) ( NOMORE | $ | , )
THIRD .5 ( better off dead|goodbye message|goodbye letter|suicide note|wish* .3 dead|took pills|took .2 pills|took an? overdose|overdosed|took overdose|goodbye note|jump off .2 DROP )
( cuts|scars|marks ) .2 my THIRD
THIRD -2 ( cuts|slits|burns ) .1 ( his|her|their ) .1 BODY
THIRD -3 ( has|have|got|with|hides|hiding ) .3 ( cuts|scars|burns|slashes ) .4 ( arm|arms|wrist|wrists|thigh|thighs|leg|legs )
THIRD -4 ( no|lost|nothing ) .3 ( reason|will|live ) .2 ( live|for )`,
    "concern.urgent": `THIRD -7 ( going|about|will|threatening|threatened|wants|says ) .3 ( overdose|take .3 MED|swallow .3 MED )
THIRD -7 ( overdosing|overdosed|od )
THIRD -4 ( tried|trying|try|going|attempted|about|threatening|threatens ) .3 ( KILL ) ( himself|herself|themselves|themself )
THIRD -4 ( took|taken|swallowed ) .3 ( overdose|MED|all )
THIRD -4 ( tried|attempted|attempt ) .2 ( SUIC|end )
THIRD -6 MED .8 ( take|swallow ) .2 ( all|them|whole|everything )
THIRD -6 ( bridge|ledge|roof|gun|noose|pills ) .4 ( jump|now|says|tonight|himself|herself )
THIRD -6 ( KILL himself|herself ) .2 ( now|tonight )`,
    eating_disorder: `( threw|throw|throwing|puked|puke ) up .3 ( dinner|lunch|meal|food|breakfast ) .4 ( purpose|again|nobody|tap|shower )
( 300|400|500|600|700|800 ) calories .3 ( day|daily )
( kilos|kg|pounds|lbs|stone ) .6 still .3 ( fat|huge|disgusting )
( hide|hiding|hid|throw|throwing ) .3 ( food|lunch|dinner ) .4 ( napkin|bin|trash|away|dog ) .6 ( empty|calories|thin|nobody|proud )
( not|nothing ) .2 ( eaten|eat|ate|eating ) .9 ( proud|control|powerful|strong|winning|dizzy|faint|pure|accomplished )
( chew|chewing|chewed ) .4 ( spit|spitting )
( binge*|binged|fridge ) .9 ( laxative*|purge*|threw up|throw up|vomit*|puke* )
( bones|skeleton|underweight ) .8 ( fat|huge|enormous|disgusting|obese )
( fat|huge|enormous|obese ) .8 ( bones|skeleton|underweight )
( hungrier|hunger|starving ) .6 ( control|proud|powerful|strong|winning|pure )
i .3 ( not allowed|no right ) .2 eat
( throw|throwing|puke|puking|vomit ) up? .1 ( everything|food|meal*|what|whatever|all ) .1 ( eat )
( throw|throwing|vomit*|puke ) .6 ( gain|weight|fat|calories|thin|skinny )
( make|making|made|force|forcing|forced ) myself ( throw|vomit|puke|sick|purge|throwing|vomiting )
i _4 ( purge|purging|purged|binge and|bingeing and|binging and )
( throw|throwing|threw|puke|vomit*|sick ) .3 ( after|up after ) .3 ( eat*|meal*|dinner|lunch|food|every )
i _3 ( anorexi*|bulimi*|orthorexi* )
( pro ana|proana|thinspo*|pro mia|bonespo|thinspiration )
( starv* ) myself .4 ( weight|thin|skinny|lose|fat|ugly|pounds|kilos )
( starve|starving ) myself
( not|have not|nothing ) .2 ( eaten|eat|ate|eating ) .5 ( lose weight|skinny|thin|fat|calories|because i am fat|deserve|control )
( not|nothing ) .2 ( eaten|eat ) .3 ( days|week ) .4 ( fat|weight|skinny|thin|proud|lose )
( not|do not ) deserve .2 ( eat|food )
( laxative* ) .5 ( weight|thin|skinny|lose|eat*|abus*|every|purge )
( abus*|using ) ( laxative*|diet pills )
( how ) .4 ( purge|throw up without|vomit without|hide .3 not eating|stop eating|become anorexic|be anorexic )
( eating disorder ) .3 ( relaps*|back|again|worse|worst|tips )
( my|have|i ) .3 ( eating disorder|anorexia|bulimia )
( scared|afraid|terrified|guilty|disgusted|hate ) .3 ( eat|eating|food|gaining ) .4 ( fat|weight|pound|anything|calories|myself )
( only|under|just ) .2 ( calories ) .3 ( day|today )
( restrict|restricting|restricted ) .3 ( again|calories|food|eating )`,
  },
  topic: {
    "crisis.plan": `( bridge|rooftop|roof|balcony|cliff|overpass|tracks ) .6 ( jump|jumping|nearly jumped|almost jumped|let go|end it|step off )
( jump|jumping ) ( off|from ) .2 DROP
( lethal|fatal|deadly ) ( dose|amount|quantity ) .4
~ SUIC ( note|letter )`,
    "crisis.active": `~ i _6 SUIC
^ .2 SUIC ( $ | , | thoughts|again|ideation|now|today|tonight )
^ ( feel|feeling|felt|having|getting|am|been ) .2 SUIC
SUIC ( thought*|urge*|feeling*|impulse*|idea* ) .3 ( i|me|my|again|back|every|keep|constantly|worse|stronger|stop )
( thinking|thought*|considering|option|about ) .1 SUIC ( $ | , | again|lately|every|lot|now|today|tonight|more )
( thought|thoughts|thinking|idea ) .2 ( ending|KILL myself )`,
    "concern.other": `THIRD .8 ( SUIC )
SUIC .5 ( someone|somebody|anyone|friend* )
( talking|talks|talked|speaks|speaking|spoke ) .2 ( ending|KILL ) .1 ( it all|his life|her life|their life )
( found|find|finding|discovered|saw ) .1 ( SUIC|goodbye|farewell ) ( note|letter ) !mine`,
  },
  across: {
    "crisis.farewell": `( love|sorry|thank*|forgive ) .9 ( goodbye|farewell ) .2 ( $ | forever|everyone|all|for )
goodbye .9 ( forgive me|am sorry for everything|loved you all|be strong|not look for me|do not cry )`,
    "crisis.plan": `MED .9 ( end my life|KILL myself|never wake|die tonight|end it )`,
  },
  framed: `movie*|film|films|book|books|novel*|story|stories|game|games|gaming|play|plays|chapter*|character*|song|songs|lyric*|scene|scenes|protagonist*|monologue|news|newspaper*|article*|celebrit*|famous|paper|essay|thesis|law|government|documentar*|podcast|episode*|season|series|tv|anime|manga|actor|actress|singer|plot|fanfic*|poem|script|hotline|prevention|sign|signs|antidepressant*|ideation|difference|study|studies|statistic*|rate|rates|report*|lecture|seminar|training|nurse|juliet|romeo|hamlet|zombie*|villain|quest|roleplay*|king|queen|knight|historical|history|philosopher*|camus|sylvia|netflix|trailer|opera|bible|samurai|president|soldier*|headline*|campaign
died|passed|funeral|anniversary|grief|grieving|mourn*|buried|miss|lost .6 SUIC
( since|after ) .4 SUIC
( taught|teach|teaches|teaching|trained|risk of )
^ ( what|how ) ( is|are|does|do ) .1 SUIC
( reading|read|heard|learned|hearing|learning ) about
not save
( students about|talk on|lesson|workshop|curriculum|presentation )
( lost|losing ) .5 SUIC
( died|death ) by SUIC
( committed ) SUIC`,
  inside: `at .2 ( level|boss|stage|dungeon|checkpoint )
^ .1 ( chapter|prologue|epilogue )
( in|during|playing|of ) .2 ( game|movie|film|book|novel|story|scene|play|roleplay|minecraft|fortnite|valorant|chapter|dungeon|level|boss|raid|skyrim|sims|gta|zelda|dnd|simulator|server|fanfic|series|season|episode|show|lobby|match|round )
( lyric|lyrics|chorus|verse|sings|singing )
my ( character|protagonist|avatar|villain|hero|sim|oc|player )
( resident evil|call duty|call of duty|halo|elden ring|dark souls|mario|pubg|overwatch|diablo|warcraft|roblox|among us|doom )
( character*|roleplay*|respawn*|zombie*|protagonist*|villain|boss|lol game|videogame*|speedrun* )
( write|writing|wrote ) .3 ( story|novel|scene|song|poem|screenplay|monologue|script|fanfic|lyrics|play|chapter )`,
  speaker: `( i|me|myself )`,
  past: `( years|decades|ages|months ) ( ago|back|since )
when i .1 ( was|were )
( at|age|aged ) AGE !%|percent
( long ago|long time ago|back then|back when|back in )
i used
( in|during|through ) .1 ( college|university|school|highschool|high|twenties|teens|youth|childhood|19*|200*|201*|20s )
( as|being ) ( teen*|kid|child|student )
( that|it ) was .2 years
years .4 ( clean|free|sober|without|better|recover* )
( been|took|spent ) .2 years .2 ( since|after ) .6 ( wanted|tried|attempted|cut|hurt|thought )`,
  now: `( now|today|tonight|currently|lately|recently )`,
  again: `( i want|want|i going|am going|i need|i plan|i wish|am thinking|am ready|i think|i hate ) .4 ( DIE|KILL|SUIC|dying|death|LIVE|disappear )
i have .2 ( wanted|been|felt|thought|planned ) .9 ( for|since|every )
years .2 i have
<!years back !in|then|when
( again|still|keep|relaps*|anymore|thinking about it|every )
now .3 ( WANT|KILL|SUIC|DIE|worse|back )`,
};
