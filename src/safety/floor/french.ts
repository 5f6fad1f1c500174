import type { Grammar } from "./language";

/** `j'ai` is `j ai`. */
export const FRENCH: Grammar = {
  classes: {
    I: "je j me m moi mon ma mes",
    THIRD:
      "coloc colocataire qu'elle qu'il il elle ils elles lui leur son sa ses ami amie amis copain copine frere soeur fils fille mere maman pere papa mari femme cousin cousine oncle tante collegue* quelqu quelqu'un voisin* patient* personnage* heros heroine ado eleve* gars meuf mec pote enfant enfants conjoint* qui patron prof",
    NEG: "ne n pas jamais plus rien aucun aucune personne sans ni",
    PLUS: "pas plus jamais aucun aucune rien sans",
    VEUX: "veux voudrais vais voulais aimerais souhaite souhaiterais envie pense pensais penser pensees songe songer compte prefere prefererais espere reve desire besoin pret prete essaye essaie essayer tente tenter failli dois devrais merite peux pourrais imagine decide envisage hate planifie prevu compte faut vaudrait idee idees hesite as aurais ai",
    MOURIR: "mourir crever mort morte mourrai creve clamser",
    SUIC: "suicide suicides suicider suicidaire suicidaires suicidal suicidale",
    TUER: "tuer suicider pendre flinguer noyer buter empoisonner defenestrer foutre butter immoler tirer",
    VIVRE: "vivre exister reveiller continuer vie leverai respirer reveil lever",
    MED: "antidepresseur* medicament* cachet* comprime* pilule* somnifere* doliprane paracetamol medoc* poison xanax insuline javel anxiolytique* lexomil",
    MEANS: "corde pistolet arme fusil lame lames rasoir couteau cutter flingue revolver",
    DROP: "pont toit fenetre balcon falaise immeuble rebord viaduc parapet etage tour",
    HEAVY: "train metro rame voiture camion bus rails rer voies",
    COUPE:
      "coupe couper taillade taillader mutile mutiler scarifie scarifier entaille entailler brule bruler griffe griffer ouvert ouvrir ouvre coupee taillé lacere lacerer tranche trancher",
    CORPS: "veines poignet poignets bras cuisse cuisses peau jambes avant-bras",
    MIEUX: "mieux soulage* heureux heureuse* libere* tranquille* bien debarrasse*",
    PETTY: "wifi imprimante bouchons embouteillage* pub pubs selfie* match lessive vaisselle panne",
    AGE: "12 13 14 15 16 17 18 19 20 21 22 23 24 25",
    MAL: "mal",
  },
  telling:
    "mourir vivre tuer suicider mort morte peux envie voudrais jamais rien cette ces leur lui bon quoi a y je j me moi mon ma mes le la les des un une est et de du que qui ne n pas plus ai suis pour dans en ce c avec sur il elle tu te vous nous au aux veux vais mais vie si ca sans comment comme tout j'ai c'est j'en l'ai d'en n'ai l d s qu etre es humain vrai vraie oui tres merci salut bonjour quel quelle fait soir ans coupe demain s'est depuis dit meurs veut mere tue faire finir quand tous toujours personne serait monde bras encore fais sous adieu rire jours apres chaque m'a pont serai par cachets deux mieux reveiller sauter soeur parle idees qu'il failli fois nuit aujourd'hui suicidaires disparaitre combien faut scarifie veines qu'elle trop brule pere ont suicidaire n'en avale toute boite seule chez donne jusqu'a mettre tentative sens ils sont toi pendre jeter d'etre voulu expres honte c'etait boulot fini balle decide etait heure matin j'aurais n'a mourais medicaments ecrit ami faim d'un maman essaye dernier pris mange prends qu'on ici frere m'en travail pendu dix peur plutot sa tuerais avant maintenant n'y vide tete trois vingt",
  read: `j'ai: j ai
chus: je suis
pus: plus
j'in: j en
j'vas: je vais
m'pinde: me pendre
ch'est: c est
j'veux: je veux
jsais: je sais
jai: j ai
chui: je suis
chuis: je suis
jsuis: je suis
j'suis: je suis
jveux: je veux
j'veux: je veux
jpeux: je peux
jvais: je vais
j'vais: je vais
jpense: je pense
c'est: c est
cest: c est
ms: mais
pck: parce que
dcd: decede
bcp: beaucoup
pk: pourquoi
qqn: quelqu'un
pr: pour
ds: dans
tt: tout
ya: y a
jen: j en
jme: je me
mtn: maintenant
ojd: aujourd'hui
auj: aujourd'hui
suisider: suicider
jamais: jamais`,
  fillers:
    "juste vraiment seulement simplement tellement trop tres parfois souvent bien meme la le les l de d des du a au un une y et que qu ce cette ca putain franchement serieusement completement totalement s'il vous plait stp peut donc alors aussi un peu beaucoup bordel tant",
  strong: { "crisis.selfharm": "( me|m|moi ) .4 ( expres|volontairement|deliberement )" },
  harmless: `dernier message .6 ( bloque*|supprime* )
( reveiller|lever ) .1 ( deux|trois|quatre|cinq|six|sept|huit|heures|tot )
vivre .1 ( loin|pres )
demande* .2 si .6 ( mal|TUER|SUIC )
revoir .1 tout monde
je me ( scarifiais|coupais|mutilais ) ,? .2 ( est fini|termine|passe )
( perdu|perdue|perdus|perdues ) .1 par SUIC
bebe .9 besoin
( peur|trouille|crainte ) .1 MOURIR
sans ( toi|vous|musique|cafe|internet|#other ) je? ne? .1 ( peux|pourrais|sais ) .1 ( pas )? .1 vivre
( serai ) plus .1 ( la|ici )? ,? .1 je ( pars|vais|rentre|demenage|voyage ) #other
tous .1 ( matins|jours|soirs|midis|mois )
balle .2 pied
ne me ( COUPE|scarifie|mutile|fais|blesse|automutile ) .1 ( plus|pas )
me ( scarifie|mutile|automutile ) plus
arrete .1 me ( COUPE|scarifier|mutiler )
( cru|croyais|pensais|crois ) MOURIR
MOURIR sur? .1 scene
mort .1 ( mes|ses|leurs|tes|vos )
( overdose|surdose ) ( chocolat|sucre|mignonnerie|noel|fromage|raclette|foie )
c? ( est|etait|serait ) SUIC ( $ | , )
( pur|vrai|veritable|collectif ) SUIC
( script|processus|serveur|programme|conteneur|bot ) .5 SUIC
THIRD .4 ( prefere|prefererait ) MOURIR .2 plutot
( freins|descendre|descente|velo|conduit|roule|double ) .9 SUIC
THIRD .5 MOURIR ( chez|maison|lit )
( balle|TUER|tue|SUIC|pendu|jete ) .2 en #year
( vitamine*|cafe|cafeine|chocolat|chien|chat ) .4 ( overdose|surdose|mortelle )
( overdose|surdose|mortelle ) .4 ( vitamine*|cafe|cafeine|chocolat|chien|chat )
( partir|pars ) .1 ( ici|ville|village|appart|appartement|boite|entreprise )
( a|ont|est|faillit ) failli me TUER
failli !me MOURIR
<!se ( va|vont ) MOURIR
( quitter|quitte ) .2 ( travail|boulot|emploi|ecole|ville|pays|job|appart|entreprise|maison )
dirais pas .3 SUIC
( ai|aurais ) voulu mourir quand
( chat|chaton|chatte|chien ) .3 ( griffe|mordu|griffee )
( combien ) .1 MED .6 ( boite|plaquette ) $
( TUER|tue ) .4 grenade*
( mort|morte|morts|mourut ) .1 overdose
( combien ) .1 MED .3 ( jour|migraine|tete|fievre ) .3 $
( fete|ennui*|reunion|bureau|cours|soiree ) .5 plus etre ( la|ici )
( ne|n )? ( veux|voudrais|vais|voulais|pense|compte|ai|ferais|ferai|suis|me|souhaite ) .2 ( pas|jamais|plus|aucune ) .3 ( MOURIR|TUER|mal|SUIC|couper|mourir )
( jamais|aucunement ) .4 ( mal|TUER|SUIC )
ne .2 ferais jamais
je ( ne )? suis pas .1 SUIC
pas .1 ( envie|idees|pensees|intention ) .3 ( MOURIR|TUER|SUIC )
( meurs|mourir|mort|morte|morts|mourais|crever|creve|crevee|mourrai ) ( faim|ennui|rire|fatigue|envie|soif|chaud|froid|honte|peur|chaleur|trouille|jalousie|impatience|vieillesse|sommeil|amour|curiosite|inquietude|jeune|bronzer|toujours|niveau|moins|si|tard|vieux|vieille|cancer )
( meurs|mourir|mort|morte|crever ) ( hate|savoir|voir|rigolade )
( plutot|prefere|prefererais|autant ) .2 ( MOURIR|TUER|balle ) .2 ( aller|retourner|regarder|revoir|manger|faire|voir|travailler|ecouter|passer|porter|refaire|avouer|bosser|prendre|supporter|sortir )
PETTY .5 ( MOURIR|TUER|balle )
( MOURIR|TUER|balle ) .5 PETTY
me suis .2 COUPE .3 en !pleurant|cachette|secret|douce
me suis .2 COUPE .6 ( verre|boite|papier|four|points|suture|casserole|poele|tesson|conserve )
( va|vont ) .1 tuer
me ( suis )? fai* mal .1 ( foot|sport|genou|dos|pied|jouant|rugby|entrainement|ski|main|cheville|courant|danse|velo|en|tombant|bras|doigt )
( me suis ) ( fait mal|brule|coupe|coupee|brulee ) .3 ( foot|doigt|cuisin*|four|rasant|cheveux|genou|poele|papier|main|jouant|eplu*|repass*|couteau|sport|doigts|casserole|plaque )
( coupe|couper ) .1 ( cheveux|ongles|parole|frange|doigt|barbe|souffle|telephone|son|gras|pain )
en? finir ( avec|mon|ma|livre|serie|jeu ) .2 ( travail|boulot|ce|cette|mon|devoir*|serie|projet|exam* )
( vivre|habiter ) ( paris|lyon|chez|ville|ensemble|avec|ici|campagne|france )
( vacances|voyage|boulot|travail|bureau|medecin ) .6 ( serai plus|serai pas )
serai ( plus|pas ) .5 ( vacances|voyage|boulot|bureau|reunion|demain matin )
SUIC ( politique|professionnel|social|commercial|squad )
me suis coupe* .2 ( amis|monde|famille|autres|reste )
( tuer ) ( temps|ennui )`,
  laughed: `adieu .1 monde cruel
( me )? ( saute|jette|pends|flingue|tire|balance )
VEUX .2 MOURIR
je ( meurs|creve )
suis ( mort|morte )
me .1 TUER`,
  own: {
    "crisis.active": `VEUX .1 ma vie .2 ( s'arrete|arrete|finisse|cesse|termine )
je me ( tuerais|tuerai|flinguerais|pendrais )
( passage niveau|quai|voie|rails ) .9 ( attendre|attendais ) .3 ( train|rer|fret|tgv )
( enjambe|enjamber ) ( $ | , | .3 ( parapet|rambarde|barriere|balustrade|rebord ) )
apres .1 mon enterrement
( ranime|ranimee|sauve|sauvee ) ,? .8 ( prochaine|deuxieme|seconde|cette ) .2 fois
( reculerai|reculerais ) ( pas|plus )
( HEAVY|rer|tgv ) .9 ( jeter|sauter|lancer|precipiter ) .2 ( dessous|devant|dessus )
( jeter|jette|sauter|lancer|precipiter ) ( dessous|devant )
( fenetre|balcon|toit|pont|rebord|DROP ) .9 VEUX .1 ( sauter|jeter )
je me ( pendrai|pends|flinguerai|noierai|jetterai|supprimerai|supprime|buterai|ouvrirai ) !groupe|liste|amis|compte|facebook
VEUX .1 me supprimer !groupe|liste|amis|compte|facebook
SUIC .5 ( seule|unique|solution|sortie|issue )
( seule|unique ) .3 SUIC
( servir|sers|servirai|utiliser ) .3 moi .2 ( mourir|finir )
( arme|pistolet|canon|fusil|flingue ) .5 ( bouche|tempe|menton|tete )
( noeud|corde ) .4 ( fait|prete|attache*|poutre|accroche* )
( poutre|crochet ) .5 ( corde|noeud|pendre )
fait noeud ( $ | , )
( entrer|marcher|avancer|nager ) .3 ( mer|eau|lac|riviere ) .5 ( noyer|noie|jamais|plus|disparaitre )
VEUX .2 passer .2 acte
~ VEUX .2 ( MOURIR ) !avec
~ VEUX .3 ( etre|etais ) ( mort|morte )
( me|m ) ( TUER ) !tache|boulot|travail|jambe
je me ( tue|bute )
me ( suicide|pends|flingue|tuerai|suiciderai|foutre .2 air )
je .1 ( vais|veux|peux|voudrais ) .2 me .2 TUER
~ finir ( avec vie|avec moi|avec existence|avec mon existence|avec mes jours|une fois bonnes )
~ VEUX .2 finir ( $ | , | avec tout|maintenant|soir|definitivement|toutes|une )
( mettre|mets|mettrai|mis ) .2 fin .3 ( vie|jours|souffrance*|existence|calvaire )
( mettre|mets|mettrai|mis ) .1 fin ( $ | , | tout|maintenant )
( me|m ) ( tuant|suicidant )
( m'oter|oter|ote|otee|enlever ) .2 vie
~ VEUX .3 ( sauter|jeter|lancer|precipiter|balancer ) .3 ( DROP|HEAVY|vide )
( me )? ( sauter|jeter|jette|balancer|precipiter ) .2 ( sous|devant|par|du ) .1 ( DROP|HEAVY )
( sauter ) .1 ( DROP )
( foncer|encastrer|planter|percuter ) .4 ( arbre|mur|platane|ravin|camion )
( balle ) .3 ( tete|crane|bouche )
( tirer|tire ) .1 ( balle )
~ ( pense|penser|pensees|songe|envie|envies|envisage|pulsion* ) .2 ( SUIC|mort )
~ ( idee|idees ) .2 mort
~ ( pense|reve|songe|souhaite|attends|desire ) .2 ( mort|ma mort|mourir )
( mort|mourir ) .3 ( soulagement|delivrance|solution|issue|seule|paix|liberation )
( seule|unique ) .2 ( solution|issue|sortie|facon|option|echappatoire ) .4 ( mort|mourir|SUIC|TUER|suicider )
( quitter|partir ) .2 ( monde|terre|vie )
( ouvert|ouvrir|tailler|taillader|couper|trancher|ouvre|taille|coupe ) .2 ( veines|poignets )
~ tentative .1 suicide
SUIC .3 ( solution|option|issue )
laisse* moi mourir
( pas|plus ) .2 ( promettre|promets|garantir ) .3 ( vie|vivant* )
( mal|douloureux ) .1 se pendre
( avale|avales ) .2 ( somnifere*|cachets|comprimes )
~ VEUX .2 ( arreter|cesser ) .1 ( vivre|exister|respirer )
je me ( jette|jetterai|balance|lance ) .3 ( DROP|HEAVY|vide )
( trouver*|retrouver*|decouvrir* ) .2 ( mon corps|mon cadavre|mort|morte )
( foutre|fous ) .2 air
( vais|veux|voudrais|envie ) .2 me .2 ( faire sauter|faire disparaitre )`,
    "crisis.passive": `( deteste|hais ) .2 etre .1 vie
( peux|pourrai ) plus .1 vivre comme .1 ( $ | , )
( endormir|m endormir ) .4 ( fini|termine|tout )
( prie|demande|supplie ) .5 ( dieu|seigneur|vierge ) .5 ( chercher|prenne|rappelle|emporte )
( dieu|seigneur ) .4 ( me chercher|me prenne|me rappelle|m emporte )
( fatigue*|lasse ) avoir .1 ( pouls|coeur )
vivement .1 mort
( envie|jaloux|jalouse|place ) .4 ( morts|cimetiere|caveau|tombe|cercueil )
( rale|decu*|deçu|enrage ) .3 ( etre )? .2 ( encore la|encore vie|reveille )
mourir ( serait|est|paraît ) .4 ( simple|facile|doux|reposant )
veux plus vivre
( plus|pas|jamais ) .2 ( envie|raison|raisons|gout|force|courage|volonte|motif|sens|but|aucune )? .2 ( VIVRE|etre vie|etre vivant*|etre monde|etre ici ) !sans|avec|chez|paris|seul*|ici|ensemble|comme|dans|sans|tot|loin|ville|lyon|campagne|sur
( aucune|sans|plus|pas ) .2 ( raison*|envie|gout|but|motif|volonte|espoir|force ) .2 ( vivre|continuer|exister|rester|reveiller|vie )
rien .3 ( retient|retienne|rattache ) .2 ( vie|ici|monde )
( perdu|perd ) .2 ( envie|gout|volonte|raison ) .2 ( vivre|vie )
( supporte|support* ) .1 plus .3 ( vivre|vie|existence|exister|etre vie )
( vie !sans|existence|vivre !sans ) .2 ( aucun sens|plus sens|plus aucun|pas sens|vaut .1 peine|vaut .1 rien|aucun interet|sans interet|vaut .1 coup|insupportable|inutile|enfer|rien|a .1 pas|plus rien|fardeau|erreur|calvaire|vide )
( fatigue*|marre|lasse|las|epuise* ) .2 ( vivre|vie|exister|respirer|etre vie )
( quoi|pourquoi ) .3 ( sert )? .2 ( vivre|continuer vivre|exister|rester vie|continuer $|me lever )
( pourquoi|quoi ) .3 ( je vis|je suis vivant*|j existe|suis encore vie )
( voudrais|aimerais|voulais|veux|souhaite|prefere*|aurais|envie|espere|prie ) .6 ( jamais .2 naitre|jamais .2 ne|pas .2 ne|ne jamais|pas .1 naitre|jamais exister|pas .1 exister|plus .1 exister|plus etre|ne pas .1 reveill*|jamais reveill*|plus .1 reveill*|disparaitre .1 jamais|endormir .2 jamais|endormir .2 toujours|pas la|plus la )
( aurais|jamais|pas ) .3 ( du|preferer|prefere|voulu|aime ) .3 ( naitre|mourir|existe* )
jamais .2 ( naitre|nee )
( si ) .2 ( mourais|meurs|mourrais|etais mort*|disparaissais|n etais plus|etais plus|disparais|mourir|n existais|suis mort* ) .5
( voudrais|aimerais|veux|souhaite|envie ) .1 ( disparaitre ) ( pour|jamais|terre|monde|$|definitivement|completement|toujours )
disparaitre ( pour )? ( toujours|jamais|surface|monde|definitivement|terre )
( plus|pas|jamais ) .1 ( me|m )? ( reveiller ) .2
( dormir|endormir|m endormir|coucher|sommeil|fermer yeux ) .4 ( jamais|toujours|plus reveill*|ne pas ) .2
( MIEUX ) .3 ( sans moi|si je .2 ( etais|mour*|n )|mort|morte )
( sans moi ) .4 ( MIEUX )
( serais|seraient|serait|serez|seriez|iriez|irait|iraient ) .3 MIEUX .3 ( mort|morte|sans moi|si )
( personne|nul|qui ) .4 ( regrett*|manqu*|remarqu*|pleur*|souci*|apercev*|inquiet* ) .5
( manquerais|manque ) .2 ( personne )
( fardeau|poids|boulet|charge ) .3 ( tous|monde|famille|proches|autres|parents|tout|enfants )
( merite ) .2 ( pas|plus ) .2 ( vivre|vie|exister )
( fiche|egal|fous|importe ) .3 ( mourir|vivre|crever|meurs|reveiller )
si seulement .5 me ( renverser|ecraser|faucher|tuer )
( vivre|exister ) .2 fait .2 mal
( espere|voudrais|aimerais|souhaite ) .4 ( renverse*|ecrase*|accident|cancer|percute*|foudre|voiture )
( pas|aucun|plus ) .2 ( avenir|place ) .3 ( monde|terre|moi|veux )
( derange*|gene* ) .3 ( mourir|reveiller|mort* )
( je|j|ma ) .2 ( suis|existence|naissance|vie ) .2 ( erreur )
( monde ) .3 ( sans moi )
( finir|continuer ) .1 ( plus|pas )? ( vivre )`,
    "crisis.plan": `point .1 sauter ( $ | , )
( pris|avale|prends ) .1 beaucoup MED
( ai pris|ai avale ) .1 MED ( $ | , )
( fenetre|balcon|DROP ) .9 me laisser tomber
tous MED .2 coup
( date|lieu|jour ) ,? .3 ( moyen|methode )
( avale|pris|gobe ) .1 ( toute|tout|entiere )? .1 ( boite|plaquette|flacon|tube )
( bonbonne|helium|monoxyde|tuyau ) .8 ( voiture|fenetres|garage|nuit )
( scotche|calfeutre ) .3 ( fenetres|portes|voiture )
corde .2 ( dans|sous ) .2 ( grange|garage|grenier|cave|sac )
assez .3 ( pas )? me rater
me rater .2 ( $ | , )
( ceinture|echarpe|cable|drap|corde ) .4 ( poignee|porte|clenche|poutre|crochet|barre )
( compte|comptes|comptais ) .3 MED
~ ( suis|debout|assis* ) .2 ( sur|au|bord ) .2 ( pont|toit|rebord|parapet|viaduc ) .6 ( heure|heures|eau|bas|vide|regarde )
( MED|MEANS ) .4 ( main|mains|cote|devant|pret*|table|sous|poche )
( combien|quelle quantite ) .1 MED .6
( dose ) ( mortelle|letale|fatale )
( overdose|surdose ) .3
( avale|avaler|pris|prendre|prends|gobe|gober|ingere ) .3 ( tout*|boite|plaquette|tube|poignee|flacon|entier*|tous ) .3 ( MED|$ )
( avale*|pris|prendre|avaler|gober ) .3 MED .4 ( mourir|finir|tous|jamais|trop|dormir toujours )
( avale|avaler ) .2 MED
( pris|prends|avale ) .3 MED .2 ( expres|volontairement )
( mis|mets|mettre ) .1 cote .4 MED
( assez|suffisamment ) .2 MED
MED .3 ( mourir|finir )
( stock*|garde|accumul*|amass*|economis*|mets .1 cote ) .4 MED
( comment ) _4 ( me .1 TUER|mourir|mettre fin .2 vie|me pendre|en finir )
( moyen|facon|maniere|methode*|moyens|facons ) .4 ( mourir|TUER|suicid*|mort|finir )
( sans souffrir|sans douleur|indolore|rapide* ) .3 ( mourir|TUER|mort|suicid* )
( mourir|TUER|mort|suicid* ) .2 ( sans souffrir|sans douleur|indolore|rapidement|vite|douleur )
( lettre*|mot|message|video|note ) .2 ( adieu*|suicide )
( DROP|vide|rails|voies ) .5 ( sauter|jeter|saute|lancer )
( debout|assis*|suis|perche* ) .3 ( rebord|parapet|rails|bord .1 ( toit|pont|falaise|vide )|balustrade|corniche )
( achete|acheter|prepare|trouve|commande|charge|ai|noue ) .2 ( corde|pistolet|arme|lame*|rasoir|poison|noeud coulant|flingue ) .5
( date|jour|plan|heure|lieu|methode|moment ) .5 ( mourir|ma mort|TUER|suicid*|finir|mettre fin|partir toujours )
( ce soir|soir|demain|nuit|aujourd'hui|vendredi|dimanche|aujourd ) .4 ( je meurs|je me tue|en finis|vais mourir|sera fini|je me suicide|mets fin|je pars toujours )
( dernier|derniere|dernieres ) ( jour|nuit|soir|anniversaire|heures|soiree ) .1 ( vie|vivant*|terre )
( cherche|google|regarde|renseigne* ) .4 ( mourir|TUER|suicid*|pendre )
( donne|distribue|debarrasse ) .4 ( affaires|biens|tout|choses ) .7 ( besoin|pars|vais|serai )
plus .2 besoin .4 ( ou je vais|la ou|apres ce soir|bientot )
affaires .2 ordre .5 ( partir|mourir|avant )
( programme|planifie|prevu|prepare ) .2 ( ma mort|mon suicide|mon depart )`,
    "crisis.farewell": `pardon* .4 ( je )? .1 vais faire
( soir|nuit|demain ) j arrete tout .4
( pardonnez|pardonne|pardon ) .3 ( soir|nuit|demain ) .4 ( arrete|finis|pars )
adieu ( $ | , | .2 ( monde|toujours|jamais|tous|toutes|amis|pardon*|maman|papa|famille ) )
( au revoir|aurevoir|ciao|revoir ) .2 ( toujours|jamais|monde|cruel )
( c|est|ceci|voici|mon ) .2 ( mon )? ( adieu*|dernier* message|derniers mots|dernier* mot )
( dernier|derniere|derniers ) ( message|mots|fois|adieu|lettre ) .4
( quand|lorsque|si ) .2 ( liras|lirez|lisez|lis|trouver* ) .5 ( mort*|plus|serai|partie|parti )
( demain|bientot|matin|soir ) .2 ( serai|suis|serais ) .2 ( plus|mort|morte|partie|parti )
( demain|bientot ) je .2 serai plus
( serai ) ( mort|morte ) .3
( verrez|verras|reverrez|reverras|reverra|entendrez|parlerez|entendras|reverrons|reverra ) .2 ( plus|jamais|pas ) .2 ( $ | moi|jamais|de|, )
( quitte|quitter|pars|partir|vais|m en vais ) .2 ( monde|terre|toujours|jamais|vie )
( reverra|verra|retrouve*|reverrons|voit ) .2 ( autre vie|autre cote|paradis|ciel|enfer|la-haut|au-dela )
( quand|lorsque|apres|une fois ) .1 ( je serai|j serai|serai ) .1 ( mort*|plus|partie|parti ) .5
( pardon*|excusez|excuse|desole* ) .5 ( adieu|pars|partir|ce que je vais|je peux plus vivre|abandonner|quitte )
( dis|dites|dire ) .5 ( aime|aimais ) .4 ( jamais|pourrai pas|aurai pas|plus|occasion )
( occupe*|prends|prenez|veille* ) .5 ( quand je serai plus|serai plus|serai parti*|quand serai )
( veuillez|veuille|n )? .2 ( pas ) .1 en? ( voulez|veux|veuillez ) .3 ( partir|pars|$ )
( culpabilis*|faute ) .4 ( partir|mort*|pars )
serai plus .1 ( monde|vie|vivant* )
( je )? serai plus .2 ( demain|quand )`,
    "crisis.selfharm": `me suis encore .1 fait .1 mal
me suis .1 ( COUPE|brule|coupe ) .3 ( CORPS|avant-bras|avant bras|main ) .4 ( expres|volontairement|encore|punir )
( grave|gravé ) .4 ( CORPS|cuisse|jambe )
( plante|enfonce|pique|ecrase|eteins|appuie ) .4 ( compas|aiguille*|ciseaux|epingle*|cigarette*|clope*|briquet|lame ) .5 ( CORPS|main|jambe|paume|ventre|peau )
( compas|cigarette*|clope*|briquet ) .3 ( CORPS|main|jambe|paume|ventre )
( arrache|gratte|mords|ronge ) .3 ( peau|croutes|bras|doigts|cuisses ) .9 ( sang|saigne*|saigner|expres )
( sang|saigne|saigner ) .4 ( expres|volontairement )
( expres|volontairement ) .6 ( sang|saigne|saigner )
( tape|frappe|cogne ) .4 ( mur|porte|tete|poing* ) .4 ( sang|saigne|saigner )
( rechute|craque|replonge ) .5 ( lame|scarif*|coupe*|cutter )
sans .2 ( couper|scarifier|mutiler|lame ) .6 ( rechute|recommence|craque|replonge )
( me|m|moi ) .2 ( COUPE ) .2 ( CORPS|$ | , | encore|chaque|quand|regulierement|nouveau )
( me|m ) ( mutile|scarifie|mutiler|scarifier|taillade|taillader|scarification|automutile|entaille|griffe|lacere|frappe|punis|punir|blesse $|blesser $ | blesse volontairement )
( me|m ) ( fais|faire|faisais|suis fait|suis faite|fasse|ferais ) .1 ( mal )
( mal ) moi
~ ( automutil*|auto mutil*|scarific*|scarifi* )
~ CORPS .3 ( coupures|entailles|lacerations )
( lame|rasoir|cutter|couteau|ciseaux|compas ) .4 ( peau|bras|poignet*|veines|cuisse* )
( cicatrices|coupures|entailles|marques ) .3 ( bras|poignet*|cuisse*|jambes )
( envie|besoin|pulsion|arreter|recommence|recommencer ) .2 ( me|m ) ( couper|bruler|mutiler|blesser|griffer|scarifier )
( saigner|sang ) .3 ( sentir|voir|couler ) .3
( couper|coupe ) .2 ( avant bras|avant-bras )
( merite ) .2 ( souffrir|douleur|mal )
( entaille|lacere|brule|coupe ) .2 ( bras|poignet*|cuisse*|peau )`,
    "concern.other": `THIRD -5 ( veut|voudrait|pense|parle|menace|va|dit|envie|voulait|songe|risque ) .4 ( se .2 TUER|suicid*|mourir|finir|faire .1 mal|se couper|mettre fin|pendre )
THIRD -4 ( voudrait|veut|aimerait|prefererait ) .1 etre ( mort|morte|morts )
THIRD -3 se fasse .1 mal
peur .3 THIRD -3 se ( tue|suicide )
THIRD -4 se ( scarifie|coupe|mutile|fait .1 mal|blesse|taillade )
( veut|pense|parle|menace ) .2 ( se suicider|se tuer|mourir )
THIRD -5 ( plus ) .2 ( envie )? .2 ( vivre )
THIRD -5 ( idees|pensees|envies|tendances ) SUIC
THIRD -6 ( lettre adieu|lettre suicide )`,
    "concern.urgent": `THIRD .9 ( va|veut|menace|allait ) .2 ( avaler|prendre|gober ) .3 MED
THIRD -4 ( tente*|essaye|essaie|essayer|tenter|essayee|fait ) .3 ( se .2 TUER|suicid*|mettre fin|tentative )
THIRD -5 ( avale|pris|prise ) .3 ( MED )
THIRD -5 overdose`,
    eating_disorder: `( kilos|kg ) .6 ( enorme|grosse|gros )
doigts .3 ( gorge|bouche ) .4
( cache|jette ) .3 ( repas|nourriture|dejeuner ) .6 ( poubelle|serviette ) .4
( 300|400|500|600|700|800 ) calories .4 ( jour|grosse|degout* )
( rien|pas|plus ) .2 ( mange|manger|avale ) .9 ( fier*|controle|forte|legere|puissan* )
( os|squelette ) .8 ( enorme|grosse|gros|obese )
( enorme|grosse ) .8 ( os|squelette )
pas .1 droit .1 manger
( mache|macher|machouille ) .5 ( recrache*|crache* )
( crise|frigo ) .9 ( vomi*|laxatif*|doigts )
( me|m )? ( fais|faire|fait ) .1 vomir .4
( vomis|vomir|vomi ) .4 ( repas|mange|manger|chaque|apres|maigrir|grossir )
( suis|je|j|ai ) .3 ( anorexi*|bulimi*|trouble* alimentaire*|tca )
( mange|mangé|manger ) .2 ( plus|rien|pas ) .5 ( grosse|gros|maigr*|kilo*|calories|jours|grossir|mince )
( laxatif* ) .4
( m affame|affamer|affame|affamé ) .3
( merite ) .2 ( pas ) .2 ( manger )
( jeune|jeuner ) .4 ( maigrir|mince|maigre )
pro ana`,
  },
  topic: {
    "crisis.active": `^ .2 SUIC $
( j|je|m|me|mes|ai ) _4 SUIC
~ ( idee|idees ) .2 SUIC
SUIC .3 ( me hante*|m obsede*|me trotte|me vient|dans ma tete )`,
    "concern.other": `THIRD .6 SUIC
( aider|aide|soutenir|parler ) .5 ( SUIC )`,
  },
  framed: `medecins|patients|soignent|assurance*|contrat|couvre|film*|livre*|roman*|serie*|jeu|jeux|infos|journaux|signes|antidepresseur*|chanson*|personnage*|heros|heroine|acteur|actrice|etude*|article*|prevention|statistique*|taux|documentaire*|piece|histoire|poeme|theatre|risque|jeunes|loi|gouvernement|these|memoire|conference|celebre*|ligne
( depuis|apres ) .3 SUIC
<!son|mon|ton|leur journal
titre|titres|routine|questionnaire
demande* .5 SUIC
( quoi|qu ) est .2 SUIC
comment .2 ( reperer|prevenir|reconnaitre|detecter|soigner|traiter|expliquer|parler )
( est|sont|etait|a|ont ) .1 ( suicide|suicides|suicidee|pendu|tue )
( decede*|perdu|perdue|deuil|enterrement|anniversaire ) .5
( mort|morte|suite|perdu ) .3 SUIC
suicide .1 ( mon|ma|son|sa )`,
  inside: `( hamlet|ophelia|ophelie|ofelia|romeo|juliet|julia|julieta|julieta|werther|bovary|karenina|karenine|tosca|macbeth )
( resident evil|call duty|elden ring|dark souls|mario|pubg|overwatch|diablo|warcraft|roblox|among us )
dans .2 ( jeu|livre|niveau|partie|scene|piece|histoire|chapitre )
( jeu|film|roman|serie|boss|minecraft|fortnite )
^ .1 ( chapitre|prologue|epilogue|scene )
( paroles|refrain|couplet|chante|chantent )
mon ( personnage|avatar|heros )
( ecris|ecrire|ecrit ) .3 ( histoire|roman|chanson|poeme|scenario|nouvelle )`,
  speaker: `( je|j|moi )`,
  past: `( plus jeune|plus jeunes ) .4 ( scarifiais|coupais|mutilais|voulais|pensais )
il .2 ( ans|annees|mois|longtemps|decennies )
( plus jeune|plus jeunes )
^ AGE ans ,? .2 ( ai|avais|etais|voulais )
il y? a .2 ( ans|annees|mois|longtemps )
( quand|lorsque ) .2 ( etais|avais|petit*|ado* )
avant ,? ( je|j ) .1 ( voulais|pensais|avais|etais|coupais|faisais|songeais )
( autrefois|jadis|epoque|jeunesse|adolescence|enfance )
( ans|annees ) .2 ( plus tard|apres|sans )
( fait|depuis ) .2 ( ans|annees ) .4 ( plus|pas|jamais|arrete )
AGE ans ,? .2 ( ai voulu|avais|etais|voulais|ai fait )`,
  now: `( maintenant|aujourd'hui|aujourd|actuellement|dernierement|ces derniers )`,
  again: `( veux|vais|pense|songe|envie|voudrais ) .4 ( MOURIR|TUER|SUIC|VIVRE|mal|disparaitre )
fait .2 ( ans|annees|mois ) .2 ( veux|pense|envie )
( rechute|encore|nouveau|toujours|depuis|recommence )`,
};
