import type { Grammar } from "./language";

/** `zu` is left out everywhere; umlauts are plain letters. */
export const GERMAN: Grammar = {
  classes: {
    I: "ich mich mir mein meine meinem meinen meiner meines",
    THIRD:
      "er sie ihn ihm ihr ihre ihren ihrem seine seinen seinem seiner freund* kumpel mutter mama vater papa bruder schwester sohn tochter mann frau oma opa kolleg* jemand* kind kinder mitbewohner* partner* nachbar* schuler* patient* figur held* mitschuler* cousin* onkel tante chef ex ehemann ehefrau madchen junge bekannte* wer",
    NEG: "nicht nie niemals kein keine keinen keiner keinem keinerlei nichts net ned nimmer niemand ohne",
    KEIN: "kein keine keinen keiner keinem keinerlei nichts null",
    WILL: "will wollte mochte wurde werde wunsche wunschte sehne hoffe denke dachte uberlege uberlegt versuche versucht plane geplant habe hab vor kann konnte muss musste sollte soll darf durfte lieber gern gerne lust bereit wollen mocht moecht wuerde drang gedanke gedanken wunsch traume lass lasst fantasiere nachgedacht",
    UM: "umbring* umzubringen umgebracht umbrachte toten erhang* erhaeng* aufhang* aufzuhang* erschiess* erschoss* vergift* ertrank* erstech* erdrossel* auszuloschen wegzumachen abmurks* kaltmach* entleib* richten abknall* killen",
    STERB:
      "sterben sterbe tot krepieren verrecken abkratzen draufgehen gestorben sterb tod abzukratzen abnippeln",
    HURT: "verletz* ritz* geritzt schneid* geschnitten zerschneid* verbrenn* verbrannt schlag* geschlagen bestraf* kratz* gekratzt wehtun wehzutun wehgetan schaden aufschlitz* aufgeschlitzt aufschneid* aufgeschnitten aufgekratzt cutte* aufzuschneid* geritz* beiss* blutig",
    BODY: "arm arme armen unterarm* handgelenk* pulsader* haut bein beine oberschenkel* adern puls pulsadern",
    LEBEN:
      "leben weiterleben weiterzuleben aufwachen aufwache aufzuwachen existieren existiere wachwerden weitermachen weiterzumachen",
    MED: "antidepressiva tablette* pille* medikament* schlaftablette* schlafmittel paracetamol ibuprofen gift insulin ibu",
    MEANS: "strick seil pistole waffe gewehr klinge* rasierklinge* revolver schlinge",
    DROP: "brucke* dach hochhaus* balkon klippe* turm fenster parkhaus* felsen gelander",
    HEAVY: "zug sbahn bahn gleise auto lkw ubahn bus laster zuge schienen",
    SUIC: "suizid* selbstmord* lebensmud* lebensmued* selbsttotung* freitod* todessehnsucht todeswunsch",
    PETTY:
      "schlussel* wlan drucker* mathe stau werbung selfie* abwasch wasche kater wecker excel powerpoint match",
    AGE: "12 13 14 15 16 17 18 19 20 21 22 23 24 25",
    WEG: "tot weg verschwunden gestorben",
  },
  read: `ick: ich
isch: ich
ick's: ich es
uff: auf
mog: mag
lebn: leben
sterbn: sterben
levve: leben
is: ist
nich: nicht
nimma: nimmer
caan: kann
moecht: mochte
moechte: mochte
waer: ware
waere: ware
waers: ware
wuenschte: wunschte
hab's: habe es
habs: habe es
kanns: kann es
gibts: gibt es
gibt's: gibt es
fuer: fur
nich: nicht
nicht's: nichts
nix: nichts
ned: nicht
net: nicht
mim: mit
nem: einem
ne: eine
mirs: mir es
wär: ware
umbringn: umbringen
imma: immer
aufn: auf
svv: selbstverletzung`,
  telling:
    "nimmer mog lebn ned ick isch oafach hallo danke tschuss bist sterben leben tot umbringen suizid selbstmord mochte werde wollte lieber niemals immer tabletten ritze schwester bruder mutter vater freund freundin ohne wozu dann aber warum das bei aus nach vor uns euch alle alles ich und nicht du mich dich mir dir mein meine meinem ist bin hab habe der die das ein eine einen einem mehr zu auf von mit will kann fur wie was wenn er sie es sich im am nur noch so kein keine keinen wurde ware dass sein hat auch leben niemand den heute war morgen wieder schon dem gestorben sterbe wir nie ende geschnitten jetzt springen tod schluss genommen nehmen beim vom seit muss bringt weg man selbst sind ins einfach uber gestern gleich endlich jeden jahren denke umzubringen viele wohl sagt machen konnte haben besser brucke zum bitte bring schlaftabletten tag bis nichts zwei wird mach suizidgedanken als gut zug nacht geht soll abend vorbei geritzt ihn einmal versucht spiel keiner doch lebt gegen lach damit einer wunschte abschiedsbrief stehe umgebracht hund etwas waren dran oder letzte weh arme gesagt opa dieser meinen ab steht durch ganz grad suizidal sinn aufwachen besten ritzt handy daran toten allem lebe fertig weiss ihr schneide fruher gerade stirbt essen pulsadern halte tut zur tochter liegt wasser kommt kinder gibt hatte bahn ruhe drei heut",
  fillers:
    "zu einfach nur mal halt eben wirklich echt so ja doch auch manchmal gerade bitte sehr total ganz schon endlich wieder irgendwie ernsthaft ehrlich eigentlich jetzt verdammt oft grad bloss etwas der die das den dem des ein eine einen einem einer dann da",
  strong: {
    "crisis.selfharm": `NEG .1 aufhoren ,? .3 HURT
absichtlich .3 HURT
mich absichtlich .4`,
    "crisis.active": "( warum|wieso ) .3 ( bringe|bring ) ich mich NEG um",
  },
  harmless: `( fragt|fragte|fragten|gefragt|fragen ) .2 ob .6 ( antu*|HURT|anzutun )
( fragt|fragte|fragten|gefragt|fragen ) .2 ob .6 antun
beim ( #other|marathon|sport ) ( sterbe|draufgehe )
( letzte|letzten ) nachricht .6 ( blockiert|geloscht|gesperrt )
( hat|haben ) .1 mich .1 umgebracht
ohne ( #other|kaffee|handy|brille|navi ) .1 ware ich tot
( babysachen|kindersachen|babykleidung ) .9 brauch*
( angst|furcht ) .2 ( vor|vorm )? .1 ( STERB|tod )
ohne ( #other|dich|euch|musik|kaffee|internet|schokolade ) .1 wurde ich .1 sterben
bring mich NEG um|mit
kugel .2 knie
( hintern|arsch|zunge|po ) .1 beiss*
( dachte|dacht|glaubte ) ,? .1 ich .1 ( sterbe|sterb )
( uberdosis ) .1 ( zucker|schokolade|kitsch|weihnachten|kasekuchen|plaetzchen|platzchen )
bring|bringe ich? mich um wenn .5 ( weg|kaputt|ausfall*|nochmal|wieder|montag )
( ist|ware|war ) .2 ( reine|reiner|pure )? SUIC ( $ | , )
( reiner|reine|reines|purer|pure|glatter|reinste|absoluter|taktischer|kollektiver ) SUIC
wie .1 SUIC
( fahrt|fahren|rast|uberholt|bremsen ) .4 SUIC
( schach|dame|zug|aufstellung|taktik|abwehr ) .5 SUIC
( skript|script|prozess|server|programm|container ) .5 SUIC
THIRD .6 ( haus|zuhause|daheim|bett|heimat|hause ) .2 sterben
sterben .2 nicht .1 ( heim|altersheim|pflegeheim|krankenhaus )
THIRD .3 ( lieber|eher ) .2 ( STERB ) .4 als
( auf|am|an ) .2 ( brucke*|bahnsteig|dach|gleis* ) .6 ( warte*|feuerwerk|foto*|aussicht|sonnenuntergang|angel*|kommt )
sich .2 #year .2 ( UM|leben|erschoss|erhangte )
( vitamin*|kaffee|koffein|zucker|salz|hund|katze ) .4 ( uberdosis|uberdosier*|todlich* )
( uberdosis|uberdosier*|todlich* ) .4 ( vitamin*|kaffee|koffein|zucker|salz|hund|katze )
( wie viele|wieviel|wieviele|viel ) .1 MED .2 .3 ( tag|taglich|kopfschmerzen|fieber|migrane ) .2 $
( party|langweilig|besprechung|buro|schule|urlaub ) .4 NEG mehr ( hier|da ) sein
KEIN .1 ( gedanken|absicht|drang ) _4 ( UM|STERB|HURT|antu*|anzutun|SUIC )
man sterben ,? ( wenn|an|von|durch|davon )
( fast|beinahe ) umgebracht
SUIC .1 ( wurde|wuerde ) ich .1 nicht
nicht .1 ( sagen|behaupten ) ,? .3 SUIC
( wie viele|wieviel|wieviele|viel ) .1 MED .3 ( packung|schachtel ) $
granate* .2 ( STERB|UM )
( starb|gestorben ) .4 uberdosis
nicht vor ,? .2 UM
( fragt|fragte|fragten|gefragt|fragen ) .2 ob .5 ( SUIC|UM )
im .1 ( mochte|will|wollte ) ich nicht .1 leben
NEG .2 ( sterben|umbring*|umzubringen|tot|toten )
ich .2 ( nie|niemals|nicht ) .2 ( antun|verletz*|umbring*|HURT|ritz* )
nie|niemals|nicht .2 ( antun|umbring* )
mir nie .4 antun
nicht SUIC
( nie|niemals|nicht ) .3 SUIC
KEIN SUIC
nicht .3 an? SUIC ( gedacht|denken|denke )
sterbe|sterben|gestorben|stirbt|tot ( fast|bald|gleich )? ( vor|fur|an|aus|beim|im|wie )
vor|fur|aus !, .3 sterbe|sterben|gestorben|tot|umbringen|umkommen
sterbe|sterben|stirbt ( lachen|langeweile|hunger|durst|hitze|scham )
( lieber|eher ) .2 ( STERB|UM|kugel ) .4 als !LEBEN
PETTY .5 ( UM|STERB|kugel )
( UM|STERB|kugel ) .5 PETTY
( tu|tue|tun|tate ) .1 mir .1 NEG
( scherbe*|glas|dose|papier|genaht|pflaster|bugel* ) .6 HURT
HURT .8 ( scherbe*|glas|dose|papier|genaht|pflaster|bugel* )
totlach* todmud* totgelacht
lache|lachen mich .2 tot|kaputt
( beim|aus versehen|versehentlich|unabsichtlich ) .4 HURT
( am|an ) .2 ( blech|herd|ofen|kante|messer|tisch|zaun|topf|pfanne|toaster|nagel|draht|buch*|rosen* ) .4 HURT
HURT .3 ( beim|aus versehen|versehentlich )
HURT .3 ( am|an ) #other
HURT .3 ( am|an ) .2 ( backofen|blech|herd|ofen|kante|messer|tisch|zaun|topf|pfanne|toaster|nagel|draht|buch*|rosen* )
mich .2 geschnitten ( als|beim )
mich .3 ( finger|daumen|zeh|knie|fuss|zunge ) .2 HURT
HURT mir .2 ( haare|nagel|pony|bart )
mir .3 ( haare|nagel|pony|finger|daumen|knie|fuss|zeh|brot|scheibe ) .3 HURT
morgen bin ich nicht mehr .2 ( ich|sondern|weil|wir|im|urlaub|buro|arbeit|denn|fliege|auf|in )
( urlaub|buro|arbeit|reise|termin|flug ) .5 nicht mehr hier
schluss machen mit ( ihm|ihr|meinem|meiner )
wer nicht
handy|akku|telefon|batterie .3 tot|gestorben
( hier|dort|in|ohne dich|ohne ihn|ohne sie|mit dir|mit ihm|mit ihr ) nicht mehr? leben`,
  laughed: `( leb wohl|lebe wohl|adieu|tschuss ) .1 ( grausame|bose ) welt
( erschiess*|toten|toete|tote ) .1 mich
WILL .3 sterben
sterbe|tot
mich .3 umbring*
bringe mich .3 um`,
  own: {
    "crisis.active": `WILL ,? .2 mein leben .2 ( endet|aufhort|vorbei )
( umbringen|toten|erhangen|vergiften|erschiessen ) .1 ( werde|werd|will ) .2 mich
hang* ( ich mich|mich|mir|ich mir ) .1 auf
vergifte ( ich mich|mich )
( wenn|bis ) .4 ( kommt|kommen|findet|finden|offnen|offnet ) ,? .3 ( bin ich|ich bin ) .2 ( tot|weg )
nicht mehr ,? .2 sorg* .1 ich .1 ( selber|selbst )
( setz|setze|mach|mache ) .3 ( selbst|selber ) .2 ende
konkreten plan
( wart*|gewartet ) .2 ( auf )? .2 ( guterzug|zug|ice|bahn ) .9 ( rand|springen|davor|morgen )
( bahnubergang|gleis|gleisen|bahnsteig ) .9 gewartet
( fur mich|nicht fur ) .4 ( gewehr|pistole|waffe|jagdgewehr )
( gewehr|jagdgewehr|pistole|waffe|flinte ) .9 ( fur mich )
( hinterm|hinter|uber ) .2 gelander
( mache|mach ) ich es .9 ( pfeiler|baum|brucke*|gleis*|strick )
( feige|mutig ) .6 ( vergifte|springe|springen|erhang* )
( HEAVY|bahn ) .9 ( springen|spring|werfen|werfe|legen|lege|stellen|schmeissen ) ( davor|drunter|darunter )
( davor|drunter|darunter ) .2 ( springen|werfen|werfe|legen|lege|stellen|schmeissen|geworfen )
~ WILL .3 ( vor|unter ) .2 HEAVY ( $ | , )
( DROP|autobahnbruck*|bahnbruck*|eisenbahnbruck* ) .6 WILL .2 ( springen|runterspringen|hinunterspringen|loslassen )
ich .3 ( runterspringen|hinunterspringen ) ( $ | , | WILL )
ein? schritt .4 ( vorbei|ende|ruhe )
( mir|mich ) .3 ( pulsader*|adern|kehle ) .2 ( offn*|geoffnet|aufmach*|durchschneid*|durchtrenn* )
ich .3 ( fahre|fahr|lenke|rase|brettere|steuere ) .6 gegen .2 ( baum|mauer|pfeiler|bruckenpfeiler|betonpfeiler|leitplanke )
( gegen|in ) .2 ( baum|mauer|pfeiler|bruckenpfeiler|gegenverkehr ) .2 ( fahren|rasen|lenken|steuern ) .2 ( WILL|$ | , )
SUIC .4 ( einzig*|ausweg|losung|bleibt )
einzig* .3 SUIC
( dienstwaffe|pistole|waffe|gewehr|flinte|lauf ) .6 ( mund|schlafe|stirn|kinn )
( mir|mich ) .2 ( dienstwaffe|pistole|waffe|gewehr|flinte ) .3
( ins|in ) .1 ( meer|wasser|see|fluss ) .5 ( ertrink*|nie wieder|untergeh*|bis .3 weg )
~ WILL .2 ertrinken
( strick|seil|schlinge ) .4 ( balken|haken|geknupft|knoten|dachboden )
ich .2 ( stehe|sitze|bin ) .3 ( gleis*|bahngleis*|bahnsteig|dach|brucke|gelander|klippe|dachkante ) .6 ( springen|spring* )
am? liebsten .4 tot ( sein|umfallen|umfalle )
meinen tod .3 ( geplant|plane|planen|vorbereitet )
( weg|fort ) sein .1 ( fur immer )
( mich|mir ) _4 ( UM )
( mich selbst|mich selber ) .3 ( UM|UM|ausloschen|vernichten )
( bring|bringe|brachte ) ( ich mich|mich ) .4 um
( erschiess*|erhang*|ertrank*|vergift*|tote|erstech*|toete|hange|haenge ) ( ich mich|mich )
~ WILL ich? _4 ( sterben|krepieren|verrecken|abkratzen|draufgehen ) !als
~ WILL ich? _3 tot ( sein|$ )
( lieber|besser ) .2 tot !als
( wunsch*|sehne|traume|denke|hoffe ) .6 ( tod|tot|sterben )
( ans|an|uber|ubers|vom ) ( sterben|tod ) .3 ( denk*|nach*|gedacht|traume )
( denk*|nach* ) .3 ( ans|an|uber|ubers|vom|meinen ) ( sterben|tod )
( ausweg|losung ) .4 ( tod|sterben|SUIC )
( tod|sterben ) .3 ( erlosung|ausweg|losung|frieden|ruhe|besser )
ich .3 ( nehme|nahm|nehm ) .3 leben
( mir|mich ) _2 leben .2 ( nehmen|genommen|nehm|nehme|beenden )
( nehm|nehme ) ( ich mir|mir ) .2 leben
( beende|beend* ) .2 ( mein|dieses|meinem ) .1 leben
( mein|meinem|meines|meins|diesem|dieses ) .1 leben .3 ( beend*|ende|schluss|wegwerf* )
( leben|allem|ganzen|allen|qual|leid|elend|ende ) .1 ein? ende .2 ( setz*|mach*|bereit*|$ )
( alles|es|meine existenz|leiden ) .3 beenden
schluss .3 ( mit allem|leben|mit mir )
( leben|allem ) schluss .1 mach*
( aus|von ) ( leben|welt ) .2 ( scheiden|gehen|treten|verabschieden )
WILL _4 ( vor|von|vom|aus|unter ) .2 ( DROP|HEAVY ) .2 ( spring*|sturz*|werf*|schmeiss*|legen|leg*|stell*|lauf*|hupf* )
( vor|von|vom|aus|unter ) ( DROP|HEAVY ) .2 ( spring*|sturz*|werf*|schmeiss*|werfe|leg* )
( gegen|in ) .2 ( baum|wand|pfeiler|gegenverkehr ) .2 ( fahr*|ras*|lenk* )
( kugel|pistole|waffe|lauf ) .4 ( kopf|mund|schlafe )
mir was an antun
( werf|werfe|schmeiss|schmeisse|stell|stelle|leg|lege|sturz|sturze ) .1 mich .2 ( vor|von|unter|aus ) .3 ( DROP|HEAVY )
ich .2 ( werf|werfe|schmeiss|schmeisse|stell|stelle|leg|lege|sturz|sturze ) .1 mich .3 ( DROP|HEAVY )
stell* .5 vor ,? .2 ( tot|sterben|tod )
( mich .4 tot|meine leiche|meinen korper ) .2 find*
( geh|gehe|gehen ) ins wasser ,? .2 ( ruhe|schluss|vorbei|ende )
genug .2 leben
( will|mochte|wollte ) ich .2 ( sterben|tot sein )
ich .1 ( spring|springe|sturz|sturze ) .1 ( von|vom|vor|aus|unter ) .2 ( DROP|HEAVY )
NEG .1 versprechen ,? .6 ( lebe|leben|noch da )
( tut|tun|schmerzt ) .2 ( UM|sterben ) .2 ( weh|$ )
( schlaftablette*|schlafmittel|tabletten|pillen ) .3 geschluckt !regelmassig
zu mude .2 LEBEN
( mir|mich ) .2 ( was|etwas|leid )? ( antu*|anzutun|angetan|antue )
( tue|tu ) ( ich mir|mir ) .2 an`,
    "crisis.passive": `( einschlaf*|einzuschlafen ) .3 ( das wars|das war es|vorbei|ende $ )
einschlaf* und wars
einschlaf* .2 ( wars|war es )
( enttausch*|traurig|wutend|sauer ) .6 noch ( atme|lebe|da bin|aufgewacht|da )
( bitte|bete|flehe ) .4 ( herrgott|gott|er ) .6 ( holt|hole|nimmt|zu sich )
( herrgott|gott ) .4 mich .3 ( holt|hole|holen )
unter erde .6 ( last|ruhe|hin|wenigstens )
( beneide|neidisch ) .4 ( toten|todesanzeige*|verstorbene*|friedhof|graber|sarg|gestorben* )
KEIN lust .2 leben
( googeln|google|googel ) .4 tot .1 sein
( recht|lieb|egal|gelegen ) .6 ( von strasse raumt|uberfahrt|umfahrt|erwischt )
( von strasse|uberfahrt|umfahrt ) .6 ( recht|lieb|gelegen|egal )
( versicherung|lebensversicherung ) .6 ( besser|mehr wert ) .3 ( mir|ich|mich )
ich ware es gern
( hasse|hass ) .3 am leben
( am besten|besser ) .2 ware ich .2 nicht .1 ( da|hier|welt|geboren|leben )
~ NEG ( mehr|langer|laenger|weiter ) ( weiter|am|da|so )? ( leben|LEBEN|sein|bleiben|am leben ) !in|mit|bei|alleine
~ ( will|mochte|wollte|mag|wurde ) ich? NEG ( leben|existieren|LEBEN|am leben ) !in|mit|bei
~ ( mag|will|kann|mochte ) ( ich )? nicht mehr ( leben|da sein|hier sein|auf welt|sein )
KEIN .3 ( lust|kraft|grund|sinn|wille|willen|bock|motivation|hoffnung|zweck|freude|grunde ) .5 ( LEBEN|leben|am leben )
( nichts|kaum|niemand ) .4 ( wofur|fur ) .4 ( lebe*|lohnt )
KEIN ( lebenswill*|lebensmut|lebenssinn|lebenslust|lebensfreude )
( lebenswill*|lebensmut ) .2 ( verloren|weg )
( leben|leben mehr|dasein|lebens|existenz ) .4 ( KEIN .2 sinn|sinnlos|nicht lebenswert|wertlos|qual|nutzlos|nicht wert|uberflussig|unertraglich|bedeutungslos|hat .2 sinn verloren|lohnt .2 nicht|lohnt nicht )
( sinnlos|qual|satt|mude|leid ) .3 ( leben|lebens|am leben|existieren )
leben .2 ( mude|satt|leid|uberdrussig )
( wozu|warum|wofur|wieso ) .3 ( lebe|leben|weiterleben|existiere|aufwachen|weitermachen|ich noch )
( ware|war|wurde|hatte ) .4 ( lieber|besser|liebsten|gern|nie|niemals|nicht ) .3 ( tot|geboren|auf welt|gestorben|existiert )
( ware|war ) ich .3 ( tot|nie geboren|nicht geboren|gestorben|nie auf )
( nie|niemals|nicht ) .2 ( geboren )
( wunsch*|hoffe|bete|hoffentlich|ware ) .7 ( nicht|nie|nimmer ) .2 ( aufwach*|wach*|am leben|existier*|geboren )
( hoff*|wunsch*|bete ) .5 wache .3 ( nicht|nie ) .2 auf
~ ( will|kann|mochte|mag|wollte ) .1 NEG ( weiterleben|weiterexistieren )
~ NEG mehr ( auf|in ) .2 ( welt|erde )
( halte|ertrage|pack|ertrag ) .1 leben .3 ( aus|nicht|$ )
( niemand|keiner|keinem ) .3 ( trauern|weinen|nachtrauern|nachweinen )
lebens ( mude|uberdrussig|muede )
( leben|lebens ) .2 NEG .2 lebenswert
( einschlaf*|schlafen|einzuschlaf* ) .3 ( nie|nicht|immer|niemals ) .3 ( aufwach*|wach* )
( einschlaf*|schlafen|einzuschlaf* ) .2 ( nie|immer|niemals ) $
( fur immer|ewig|auf ewig ) .2 ( schlaf*|einschlaf*|verschwind*|weg|verschwunden|ruhe )
( verschwinden|aufloesen|auflosen ) .2 ( fur immer|von welt|von dieser welt|von erde|ganz|nie )
~ WILL ( ich )? .2 ( verschwinden|auflosen ) $
( nicht|nie|nimmer ) .1 ( mehr|wieder ) .2 ( aufwach*|wach werden|aufstehen mussen )
( ohne mich ) .6 ( besser|leichter|glucklich*|gut|freier|erleichtert )
( besser|leichter|glucklicher|gut|erleichtert|froh ) .5 ( ohne mich|wenn ich .3 ( tot|weg|nicht|sterbe|verschwinde|sterben ) )
( niemand|keiner|keinem|keinen|niemanden|wer ) .4 ( vermiss*|merk*|fehl*|wein*|interessier*|traur*|stor*|auffall* ) .4 ( wenn|ob|falls|dass ) .5
( niemand|keiner|keinem ) .3 ( vermiss*|fehl* )
( wenn|falls|ob ) ich .3 ( WEG|nicht mehr|sterbe|sterben|verschwinde|nicht da ) .2 ( ware|bin|wurde|$|, )
( wenn|falls ) .3 ( mich|mir ) .3 ( nicht .1 gabe|nicht mehr gabe|nie gegeben )
( gabe|gibt ) .2 ( mich|mir ) .2 ( nicht|nie|blo ) .3
( alle*|familie|euch|eltern|jedem|allen ) .3 ( last|burde|belastung|ballast )
( last|burde|belastung|ballast|klotz ) .4 ( alle*|familie|euch|eltern|jeden|freund*|welt|ander* )
( verdien* ) .3 ( nicht|kein ) .3 ( leben|lebe|am leben )
NEG verdient .2 leben
( hoff*|wunsch* ) .8 ( uberfahr*|unfall|krebs|herzinfarkt|uberroll*|erwischt|erschlagt|umfahr*|sterbe )
( egal|gleichgultig|wurscht ) .3 ( ob|wenn ) ich .3 ( leb*|sterb*|aufwach*|tot|existier* )
( nichts dagegen|hatte nichts|macht nichts ) .5 ( sterb*|tot|aufwach*|aufzuwach* )
( KEIN .1 zukunft|platz ) .4 ( leben|welt|mich )
( niemand|keiner ) braucht mich
welt .3 ohne mich
( am leben|leben|existieren ) .2 ( sein )? .2 ( tut weh|ist qual|schmerzt|unertraglich )
am leben .3 anstrengend`,
    "crisis.plan": `ich springe gleich ( $ | , )
( alle|alles|ganze ) MED .1 auf einmal
( fenster|balkon|gelander|DROP ) .9 ( fallen lassen|fallenlassen|loslassen|loszulassen|fallenzulassen )
( gurtel|schal|kabel|seil|laken|bademantelgurtel ) .4 ( turklinke|klinke|turgriff|balken|haken|heizungsrohr )
( zahl|zahle|gezahlt|nachgezahlt ) .3 ( MED|sie )? .2 ( reicht|reichen|genug|$ )  MED
MED .6 ( zahl|zahle|gezahlt|nachgezahlt )
( gezahlt|nachgezahlt ) .3 MED
~ ( stehe|steh|sitze|sitz ) .2 ( am|auf ) .2 ( fenster|brucke*|autobahnbruck*|dach|gelander|bruckengelander ) .6 ( unten|runter|beton|stock|schaue|starre )
wie ich es .2 ( mache|machen|tue|anstelle ) .4 ( seil|strick|MED|brucke*|keller )
( MED|MEANS ) .4 ( hand|handen|neben mir|vor mir|bereit*|parat|zurechtgelegt|nachttisch|gelegt|liegen|tasche|schublade ) !kuche
wie viele? .1 ( MED ) .7
( welche|wieviel|wieviele|viel|wie ) .2 MED .6 ( sterb*|todlich|tot|tod|umbring*|reich* )
( alle|ganze|packung|schachtel|handvoll|flasche|viele|gesamte ) .3 MED .3 ( genommen|geschluckt|schluck*|nehm*|eingenommen|intus|$ )
( MED ) .4 ( genommen|geschluckt|schlucken|gesammelt|sammle|gehortet|horte ) .4 ( alle|sterb*|ende|tot|uberdosis|um|damit )
MED .2 gesammelt|gehortet|sammle|horte|gespart
wie ( sterbe|sterb|stirbt ) .4 ( schmerz*|schnell*|ohne|leicht*|einfach* )
( sammle|sammel|horte|spare|gesammelt|gehortet ) .4 MED
( uberdosis|uberdosier* ) .3
~ ( abschiedsbrief*|abschiedsvideo*|abschiedsnachricht* )
( strick|seil|schlinge ) .2 ( hangt|bereit|liegt|fertig|geknotet|geknupft )
( wie|womit|wo ) .3 ( ich mich|man sich|ich|mich ) .5 ( umbring*|UM|leben nehm* )
( schmerzlos*|schnell*|einfach*|sicher*|best*|leicht*|angenehm*|friedlich* ) .3 ( sterb*|tod|selbstmord|suizid|umbring*|umzubring*|todesart|methode* )
( methode*|weg|wege|art|moglichkeit* ) .4 ( sterb*|umzubringen|umbring*|suizid*|leben .2 beenden|leben .2 nehmen )
( DROP|bruckengelander ) .5 ( spring*|sturz*|loslass* )
( auf|am ) ( DROP|abgrund|gleisen|schienen ) .3 ( steh*|sitz* ) .5
( steh*|sitz* ) .4 ( auf|am|an ) .2 ( brucke*|dach|abgrund|gleisen|schienen|klippe*|gelander|hochhaus* )
( habe|hab|besorgt|gekauft|kaufe|besorge|bestellt ) .4 ( strick|seil|schlinge|pistole|waffe|klinge*|rasierklinge*|helium|gift ) .5
( strick|seil|schlinge|MED|gift|helium ) .3 ( besorgt|gekauft|bestellt|geknupft|geknotet ) .5 ( um|mich|fur|damit|$ )
( datum|tag|termin|zeitpunkt|ort|plan|plane|methode ) .6 ( sterb*|umbring*|umzubring*|tod|ende|suizid*|selbstmord*|leben .2 nehm*|gehe|beende* ) !game
( heute|nacht|abend|morgen|freitag|sonntag|samstag|wochenende ) .5 ( sterbe|sterben werde|bringe ich mich|ist es vorbei|beende ich|mach ich schluss|mache ich schluss|werde ich sterben|nehme ich mir )
( letzter|letzte|letzten ) ( tag|nacht|abend|stunden|geburtstag ) .1 ( leben|lebens|erde|welt )
( gegoogelt|recherchiert|gesucht|informiert|googele|google ) .6 ( sterb*|umbring*|erhang*|tod|suizid*|todlich* )
( verschenk*|verschenke|weggegeben ) .5 ( sachen|alles|besitz|hab|tiere ) .6 ( brauche|nicht|weil|bald )
( brauche|brauch ) .4 ( nicht mehr|bald nicht ) .3 ( wo ich|nach heute|ab morgen )
todlich* ( dosis|menge )`,
    "crisis.farewell": `( wenn|bis|sobald ) .1 ( du|ihr ) .2 liest ,? .6 ( hinter mir|vorbei|nicht mehr|tot|weg )
( leb|lebt ) ( wohl )
( abschied|adieu|tschuss|auf wiedersehen|servus|machs gut|macht's gut|machts gut ) .2 ( fur immer|auf ewig|welt|von leben|von welt|von euch allen )
^ .1 ( ist|wird ) .1 ( mein ) .1 ( abschied|letzte*|ende )
( meine|mein|meines ) ( letzte|letzter|letzten|letztes ) ( nachricht|worte|brief|gruss )
( letzte nachricht|letzte mal ) .4 ( von mir|horst|hort|schreibe|schreib|sehen|ich )
( wenn|sobald|falls|bis ) .1 ( du|ihr|sie|jemand|man ) .2 ( lies*|lest|findet|findest|lese* ) .6 ( tot|nicht mehr|weg|gegangen|leben )
( morgen|bald|heute|dann|nachste woche ) .2 ( bin|werde|gibt ) .2 ( ich|mich|es mich ) .2 ( nicht mehr|tot|weg|erlost ) .1 ( $ | , | da|hier|leben|am leben|sein )
( bin|werde ) ich .2 ( morgen|bald ) .2 ( nicht mehr|tot )
( nie|nicht|nimmer ) .1 ( wieder|mehr|wiedersehen ) .2 ( sehen|horen|wiedersehen|von mir horen|lebend ) $
( werdet|wirst|werden ) .3 ( mich|uns|von mir ) .3 ( nie|nicht ) .2 ( wieder|mehr|wiedersehen|sehen|horen )
( mich|uns|von mir ) .2 ( nie|nicht ) ( wieder|mehr ) ( sehen|horen|wiedersehen )
( sehen|seh ) uns .3 ( anderen seite|nachsten leben|himmel|drub*|jenseits|holle )
( wenn|falls|sobald|nachdem ) ich ( tot|nicht mehr|weg|gegangen|gestorben ) .2 ( bin|lebe|da ) .6
( verlasse|verlassen|verlass|gehe von ) !job|firma|arbeit|stadt|schule|haus|wohnung .2 ( welt|erde|leben )
verabschied* .5 ( immer|welt|leben|ewig )
( gehe|geh|gehen ) ,? .3 fur immer
( pass*|kummer* ) .5 wenn ich ( nicht mehr|weg|tot )
( verzeih*|vergebt|vergib ) .4 ( abschied|geh|gehe|tot|was ich|tun werde|kann nicht mehr )
( sag|sagt|richte ) .5 ( lieb*|geliebt|leid ) .4 ( werde|kann|nicht mehr|keine gelegenheit|nie )
( danke fur alles ) .4 ( leb|lebt|adieu|fur immer )
gebt euch .3 NEG .2 schuld
KEIN schuld .6 ( wenn ich|dass ich|an dem|daran )
( behalt*|erinner* ) .3 ( mich|an mich ) .3 ( erinnerung|wenn ich )`,
    "crisis.selfharm": `( absichtlich|absicht|extra ) .5 ( BODY ) .3 HURT
( bugeleisen|heiss* wasser|herdplatte ) .5 ( absichtlich|absicht|extra )
( wort|worter|namen|buchstaben ) .4 ( BODY|bein|bauch|oberschenkel ) .2 ( geritzt|geschnitten|eingeritzt )
^ .2 ( mich )? .2 geritzt
( zigarette*|kippe*|feuerzeug|bugeleisen ) .3 ( auf|am|an ) .2 ( BODY|bauch|hand|handrucken|oberschenkel )
( zirkel*|nadel*|schere|klinge ) .2 ( in|ins|auf ) .2 ( BODY|bauch|handflache|oberschenkel|handrucken )
( faust|kopf ) .4 ( wand|tur|spiegel|schrank ) .3 ( blut*|schmerz*|weh )
( absichtlich|absicht|extra ) .6 ( blut|blutet|bluten )
( blut|blutet|bluten ) .3 ( absichtlich|absicht|extra )
( haut|arme|arm|nagelhaut|krusten|wunden ) .3 ( auf|ab|blutig )? ( kratz*|reiss*|zupf*|knibbel*|pul* ) .4 ( blut|blutet|blutig )
ruckfall .6 ( klinge|ritz*|schneid*|geritzt )
( ritzen|schneiden|geritzt|klinge ) .6 ruckfall
( mich|mir ) .2 ( selbst|selber )? .4 ( HURT )
( ritz|ritze|verletz|verletze|schneide|schneid|verbrenne|verbrenn|schlag|schlage|bestrafe|cutte|kratze|schnitt ) ( ich mich|mich|ich mir|mir )
( mir|mich ) .2 ( BODY ) .3 ( HURT|auf|aufgeritzt )
( mir|meine|meinen|mein ) .3 ( BODY ) .4 HURT
ich .3 ( geritzt|ritze|ritzen )
( mir ) .3 ( weh ) ( tu*|zu tun|getan|tun )
( tu|tue ) ( ich mir|mir ) .3 weh
( klinge*|rasierklinge*|messer ) .4 ( haut|arm|arme|unterarm|mich|mir )
( druck|drang|verlangen|bedurfnis|lust ) .3 ( ritzen|schneiden|verletzen|selbstverletz* )
( arm|arme|beine|unterarm*|handgelenk* ) .4 ( schnitte|schnitten|narben|wunden )
( narben|schnitte|wunden|schnittwunden ) .3 ( arm|armen|arme|beinen|unterarm*|handgelenk* )
( blut*|bluten ) .3 ( sehen|spur*|fuhl* ) .3 ( ich|mich|um )
( haue|schlage|hau ) .4 ( kopf|faust ) .4 ( bis|wand ) .3 ( blut*|weh|schmerz* )
( ritzen|selbstverletz* ) .2 ( aufhoren|angefangen|ruckfall|hilft|wieder )
( aufhoren|angefangen|ruckfall|rueckfall ) .3 ( ritzen|schneiden|selbstverletz* )`,
    "concern.other": `THIRD -8 ( dass|davon ) .2 ( er|sie|es ) .4 ( sterben|tot|leben|umbring*|umzubring* ) .1 ( will|mochte|wolle|kann|mag )?
THIRD -5 sich .4 ( umbring*|umzubring*|UM|antun|leben|ritz*|verletz*|schneid*|was an|weh|erhang* )
THIRD -5 ( ware|wurde|will|mochte|wunschte ) .3 ( tot|gestorben ) .1 ( $ | , | sein )
THIRD .5 dass ( er|sie ) .3 ( sterben|nicht mehr leben|nicht mehr da sein ) .1 ( will|mochte|wolle|mag )
THIRD .2 ( sterben|tot sein ) ( will|mochte|wollte )
THIRD -4 sich .3 ( antut|antate|umbringt|tut|ritzt )
THIRD -4 ( ritzt|ritzen|schneidet|verletzt|bringt ) sich .2
sich .1 THIRD .4 ( antut|antun|umbringt|umbringen|ritzt )
( sich ) ( umbringen|umzubringen|antun|ritzt|leben nehmen )
THIRD -4 ( will|mochte|wollte|wurde ) -4 ( sterben|tot sein )
THIRD -4 ( will|mochte|kann|mag ) .2 ( nicht mehr leben|nicht leben|nicht mehr da )
THIRD -6 ( abschiedsbrief*|abschiedsnachricht* )
THIRD -5 ( uberdosis ) .3`,
    "concern.urgent": `THIRD .9 ( alle|ganze|packung ) .3 MED .2 ( nimmt|nehmen|schluckt|schlucken )
THIRD .9 ( uberdosis ) .2 ( nimmt|nehmen )
THIRD -4 versucht .4 ( umzubring*|leben .2 nehm*|suizid*|selbstmord* )
THIRD -6 ( MED ) .3 ( geschluckt|genommen ) !regelmassig
THIRD -4 ( uberdosis )
THIRD -6 ( brucke|dach ) .3 ( spring* )`,
    eating_disorder: `( kilo|kg ) .6 ( immer noch|noch|trotzdem ) .2 ( fett|dick )
( kilo|kg ) .6 ( fett|dick )
( nur|bloss ) .3 ( kaugummi|kaffee|wasser|apfel ) .8 ( stolz|stark )
( fresse|fress|stopfe ) .4 ( alles|leer|heimlich ) .8 ( strafe|kotz*|faste|nichts )
( nichts|nicht ) .3 ( gegessen|esse|essen ) .9 ( stolz|stark|kontrolle|schwindlig|schwindelig|schwarz )
( hunger|hungern|hungergefuhl ) .5 ( stolz|stark|kontrolle|macht )
( darf|verdiene|verdien ) .5 nichts .1 essen
( fett|dick ) .8 ( knochen|untergewicht|dunn|mager )
( knochen|untergewicht|mager ) .8 ( fett|dick )
( kau|kaue|gekaut|kauen ) .5 ( spuck*|ausspuck*|ausgespuckt )
( fressanfall*|fressattacke*|kuhlschrank ) .9 ( kotz*|abfuhr*|erbroch*|ubergeb* )
( kotz*|erbrech*|ubergeb* ) .5 ( nach|essen|jedem|mahlzeit|abnehm*|extra|absichtlich )
( nach ) .3 ( essen|mahlzeit ) .4 ( kotz*|erbrech*|ubergeb* )
finger .2 hals
ich .4 ( magersucht*|bulimi*|anorexi*|anorekti*|essstorung* )
( meine|meiner|habe ) .2 ( magersucht*|bulimi*|essstorung* )
( hungere|hungern|gehungert ) .5 ( abnehm*|dunn*|dick|fett|kilo* )
( esse|ess|gegessen|essen ) .4 ( nichts|nicht|kaum ) .5 ( dick|fett|abnehm*|dunn*|kalorien|kilo* )
( nichts|nicht|kaum ) .3 ( esse|gegessen|essen ) .6 ( dick|fett|abnehm*|dunn*|tagen )
( abfuhrmittel ) .5
( verdien* ) .2 ( nicht|kein ) .3 ( essen )
pro ana`,
  },
  topic: {
    "crisis.active": `~ ( ich|mich|mir|meine|mein|habe|hab|bin ) _6 SUIC
SUIC .4 ( ich|mich|mir )
^ .2 SUIC ( $ | , )`,
    "concern.other": `THIRD .8 SUIC`,
  },
  across: {
    "crisis.farewell": `( verzeih*|danke fur alles|liebe euch|lieb euch|leid ) .9 ( leb|lebt|adieu|fur immer|macht's gut|machts gut ) .2 ( $ | wohl|fur immer )`,
    "crisis.plan": `MED .9 ( sterben|umbring*|ende setzen )`,
  },
  framed: `film*|buch*|roman*|serie*|spiel*|figur*|heldin|held|kapitel*|lied*|song*|nachrichten|zeitung*|artikel*|warnzeichen|anzeichen|antidepressiva|vortrag*|studie*|statistik*|doku*|podcast*|theater*|oper|pravention|suizidpravention|forschung|referat|hausarbeit|seminar|rate|raten|politisch*|beruflich*|karriere|autor*|dichter|geschichte|krimi|charakter*
( hat|haben|hatte ) .4 ( umgebracht|leben genommen|suizid begangen )
( seit|nach ) .3 SUIC
^ was ist .1 SUIC
( gestorben|verloren|beerdigung|todestag|trauer* ) .4
schlagzeile*|uberschrift|routine|fragebogen
( fragt|fragen ) .4 SUIC
( was|wie|woran|wann ) .2 ( macht|tut|erkennt|behandelt|verhalt|redet|spricht ) .6 ( patient*|klient*|therapeut*|man )
( therapeut*|arzt*|psychiater* ) .6 ( patient*|klient* )
( durch|an ) SUIC .2 ( verloren|gestorben )
begangen|begang`,
  inside: `( hamlet|ophelia|ophelie|ofelia|romeo|juliet|julia|julieta|julieta|werther|bovary|karenina|karenine|tosca|macbeth )
( resident evil|call duty|elden ring|dark souls|mario|pubg|overwatch|diablo|warcraft|roblox|among us )
^ .1 ( kapitel|prolog|epilog )
( im|in|beim ) .2 ( spiel|game|film|buch|roman|level|serie|rollenspiel|minecraft|theater|stuck|szene|geschichte|kapitel|fortnite|match|runde )
( songtext|liedtext|refrain|strophe|singt|singen )
( mein|meine ) ( charakter|figur|held|heldin|protagonist*|avatar )
( endgegner|boss|zombie*|rollenspiel|respawn* )
( schreib*|geschrieben ) .3 ( geschichte|roman|song|gedicht|szene|lied )`,
  speaker: `( ich|mich )`,
  past: `vor .2 ( jahren|monaten|jahrzehnten )
mit AGE ( habe|hab|hatte|war|wollte )
( als|wie ) ich .4 ( war|kind|jugendlich*|klein|zwolf|jahre|jahren )
( fruher|damals )
als ( kind|jugendlich*|teenager|student* )
( in|wahrend ) .2 ( jugend|kindheit|schulzeit|studium|pubertat )`,
  now: `( heute|mittlerweile|aktuell|inzwischen|zurzeit|momentan )`,
  again: `( ich will|will ich|ich mochte|mochte ich|ich werde|ich plane|will mich|will auch|will nicht|mochte mich|mochte nicht|will nur ) .4 ( STERB|UM|LEBEN|HURT|weg|verschwinden )
seitdem .4 WILL
( immer noch|noch|erneut|nach|wiederkommen|ruckfall )
seit .2 ( jahren|monaten ) .4 ( WILL|ritze|denke|verletze )`,
};
