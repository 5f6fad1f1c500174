import type { Grammar } from "./language";

export const SPANISH: Grammar = {
  classes: {
    I: "morir vivir matarme suicidio suicida suicidarme muerte muerto muerta puedo ganas quisiera nunca hace eso esto ese nada yo me mi mis conmigo",
    THIRD:
      "el ella ellos ellas le les su sus se amig* hermano hermana hijo hija hijos madre mama padre papa novio novia esposo esposa marido mujer pareja primo prima tio tia companer* alguien vecin* pacient* personaje* protagonista* chico chica abuelo abuela alumn* nino nina quien conocid* jefe",
    NEG: "no nunca jamas ni nada nadie sin tampoco",
    SIN: "no sin ningun ninguna nada ni nunca jamas",
    QUIERO:
      "quiero quisiera querria deseo deseando desearia voy vamos pienso pensando penso pense pensado planeo planeando ganas intento intente intentado intentando intentar necesito prefiero preferiria merezco deberia debo tengo podria puedo ojala quise queria queriendo espero decidi decidido lista listo pensar considero considerado considerando imagino imaginando ansio anhelo tentacion sueno sonando fantaseo pensamientos idea ideas impulso impulsos dispuesto dispuesta apetece gustaria dan vengo",
    MORIR: "morir morirme muerto muerta morirse muriendo muriera muriese muero morirme palmarla",
    MATARME:
      "matarme suicidarme ahorcarme colgarme dispararme envenenarme ahogarme desangrarme degollarme aniquilarme autodestruirme tirarme lanzarme arrojarme pegarme",
    DANO: "hacerme cortarme lastimarme herirme danarme autolesionarme quemarme castigarme golpearme aranarme rajarme flagelarme mutilarme",
    VIVIR:
      "vivir viviendo existir seguir despertar despertarme despertara levantarme vida vivo viva existiendo continuar respirar respirando",
    SUIC: "suicidio suicidios suicida suicidas suicidar suicidarse suicidarme suicidarnos suicidandome suicide suicido suicidan",
    MED: "antidepresivo* pastilla* medicamento* pildora* somnifero* medicina medicacion veneno paracetamol calmantes tranquilizantes ibuprofeno insulina lejia raticida",
    MEANS: "cuerda soga pistola arma revolver navaja cuchilla* cuchillo rifle escopeta gillette",
    DROP: "puente azotea balcon ventana edificio precipicio acantilado tejado terraza piso cornisa viaducto barranco",
    HEAVY: "tren metro coche camion autobus carro vias bus trafico auto",
    CORTE:
      "corto corte cortado cortando cortar cortarme cortandome rajo raje quemo queme quemado aranado aranao rajado cortes",
    CUERPO: "muneca munecas venas brazo brazos muslo muslos piernas piel",
    PETTY: "wifi impresora anuncio* selfie* resaca gimnasio despertador",
    AGE: "12 13 14 15 16 17 18 19 20 21 22 23 24 25",
    MEJOR: "mejor mejores felices feliz tranquil* alivi* aliviad* descansar* facil libres",
  },
  telling:
    "yo me mi mis que no quiero de la el los las en y a es un una por para con ya estoy tengo pero se mas muy si como lo soy voy he sin esta vida todo cuando nadie mejor su te tu eres hola gracias adios del morir al vivir muero hoy manana pastillas murio noche hace puedo corte muerta quiere dice pienso dano matarme seguir morirme suicidarme ojala siempre solo otra brazos hasta muerto ganas casi cada hago risa muerte anoche puente trabajo despues ese quitarme saltar estare hermana madre esto tome ayer playa venas abuela siento esa ahora nacido estarian tiene muriera examen jefe padre perro pelicula aguanto viviendo verguenza veces menos duele hacer volver muere sobredosis quito jajaja pego veo hay ni pensamientos intente cuantas verte suicido ventana salida encuentro merezco piernas cortarme abuelo medio jaja fue piel capitulo llevo",
  read: `q: que
k: que
xq: porque
pq: porque
kiero: quiero
qiero: quiero
toy: estoy
pa: para
weno: bueno
tb: tambien
d: de
dl: del
al: a
del: de
nomas: no mas
suisidarme: suicidarme
suicidarse: suicidarse
suicidame: suicidarme
suisidio: suicidio
vivr: vivir
kitarme: quitarme
matarm: matarme`,
  fillers:
    "solo solamente realmente simplemente de verdad muy tan a veces mucho la lo los las un una el unos este esta esto ese esa y que por favor ahora bien tanto todavia aun mismo misma pues bueno sea ha absolutamente totalmente jodidamente puto puta maldita quizas tal vez incluso profundamente",
  strong: { "crisis.selfharm": "( me|hacerme|DANO ) .4 ( proposito|aposta|adrede|queriendo )" },
  harmless: `ultimo mensaje .5 ( bloque*|borre|elimine )
( despertar|despertarme|levantarme ) .1 ( una|dos|tres|cuatro|cinco|seis|siete|ocho|temprano )
vivir .1 ( lejos|cerca )
me muero en ( #other|maraton|examen )
( adios|chao ) .2 todo mundo
( chiste|calor|trafico|jefe|examen|dolor|risa|sueno|hambre|#other ) .1 me ( mato|mata|mataron|matan ) ( $ | , )
me cuelgo ( #other|noticias|telefono|internet )
bebe .9 necesit*
( miedo|temor|panico ) .1 MORIR
sin ( ti|vos|ustedes|vosotros|musica|cafe|internet|futbol|#other ) no .1 ( puedo|podria|se ) .1 vivir
( no estare|no estoy ) ,? .1 ( me voy|viajo|salgo|vuelo|me mudo ) #other
tiro .2 pie
( anos|meses ) .2 parei .3
no me ( corto|autolesiono|quemo|lastimo )
deje .1 ( cortarme|autolesionarme )
sobredosis ( turron|azucar|dulces|dulce|chocolate|series|navidad|informacion|cafe|familia|sol|ternura|realidad|carbohidratos )
MORIR con .1 botas
( crei|pense|creia ) .1 ( que )? .1 ( MORIR|moria|me moria )
( prefiero|preferiria ) MORIR ( dejar|ver|ir|comer|perder|pedir|vender|votar|admitir|trabajar|llevar|volver )
casi me mato .2 ( en|con|bajando|subiendo|bici|moto|coche|escalera* )
no QUIERO vivir mas? con
( puro|pura|autentico|verdadero|tremendo|colectivo ) SUIC
SUIC .1 ( manual|libro|tactico|deportivo|politico|financiero )
( script|proceso|servidor|hilo|programa|contenedor|pod|bot ) .4 SUIC
THIRD .3 ( prefiere|preferiria|preferia ) MORIR !seguir|vivir
( conduce|maneja|baja|frenos|adelanta ) .4 SUIC
THIRD .5 ( casa|cama|pueblo ) .2 MORIR
( matar|mato|suicid*|tiro|ahorc* ) .2 en #year
( cuant* ) .1 MED .4 ( dia|diario|cabeza|fiebre|migrana ) .1 $
( fiesta|aburrid*|reunion|oficina|clase ) .5 no .2 estar aqui
no .2 estar aqui .4 ( fiesta|aburrid*|reunion|oficina|clase )
( sin|ningun|ninguna|no tengo ) .1 ( pensamientos|ideas|intencion|ganas ) .1 ( SUIC|MATARME|DANO|MORIR )
casi me ( muero|mata|matan|mori )
( va|van ) .1 morir
( dejar|dejo|abandonar ) .2 ( trabajo|escuela|universidad|ciudad|empresa|pueblo|casa )
( va|van ) .1 acabar conmigo
termino conmigo
pregunt* .2 si .4 ( SUIC|MATARME|DANO )
( cortar|cortarme ) .1 ( pelo|cabello|unas|flequillo )
me queria morir ( cuando|de )
no ( diria|digo ) .3 SUIC
( cuant* ) .1 MED .4 ( caja|paquete ) $
( mato|mate|MATARME|suicid* ) .4 granada*
( murio|muerto|muerta ) .1 sobredosis
no me? ( pienso|penso|quiero|planeo|plan ) .1 ( MATARME|MORIR|SUIC|matar|morir )
no ( quiero|voy|pienso|quisiera|queria|he|intente ) .1 ( MORIR|MATARME|DANO|dano|suicidio )
( nunca|jamas ) .4 ( MATARME|DANO|dano|SUIC|haria|MORIR )
( no|nunca|tampoco ) ( soy|estoy ) .1 SUIC
no .2 ( pensado|penso|pensamientos ) .1 SUIC
( muero|muriendo|morir|morirme|muerto|muerta|mori|morire ) ( de|por|del ) .2 !sobredosis
( muero|muriendo|morir|morirme|muerto|muerta|mori|morirse ) ( risa|hambre|verguenza|sueno|calor|frio|ganas|miedo|cansancio|aburrimiento|amor|envidia|sed|pena|nervios|viejo|vieja|asco|curiosidad|emocion|ternura|celos|vejez|felicidad|cansad* )
( me ) ( muero|moria|morire|mori ) ( risa|hambre|ganas|ver|saber|si|cada|siempre|juego|nivel|boss|con )
<!se ( me va|me van|va|van ) ( matar|matarme )
antes muert* que
preferiria|prefiero MORIR .1 antes
( MORIR|MATARME|tiro|pegaria ) .4 antes !seguir|vivir|asi
PETTY .5 ( MORIR|MATARME|tiro )
( MORIR|MATARME|tiro ) .5 PETTY
( tir*|lanz*|saltar|dejar* ) .2 ( sofa|cama|piscina|hamaca|cesped )
me|he ( corto|corte|cortado|quemo|queme|quemado ) .4 ( vaso|cristal|vidrio|lata|plato|sarten|puntos|cocinar|abriendo|pelando|picando|fregando|lavando|planchando )
( sobredosis|SUIC ) .3 ( vitamina*|peligros*|efecto* )
( peligros*|toxic* ) .3 sobredosis
me|he ( corto|corte|cortado|quemo|queme|quemado ) .2 ( pelo|unas|cabello|cocinando|dedo|horno|afeit*|flequillo|cocina|plancha|sin|mano|papel|barba|lengua )
me|he ( hice|hecho|haciendo ) dano .3 ( jugando|entrenando|futbol|corriendo|rodilla|espalda|pie|gimnasio|trabajando|entrenamiento|mano|cocinando|sin|al )
( juga|jugando|cocinando|trabajando|afeitandome|sin querer|accidente ) .4 ( me corte|me queme|dano|lastime )
( irme|largarme|marcharme ) .1 ( aqui|ciudad|pueblo|casa|trabajo|empresa|pais )
acabar con? todo .1 ( pastel|comida|helado|chocolate|pizza|pan|examen*|postre|queso )
acabar con ( todo trabajo|mi novi*|esto ya|mi relacion|mi jefe|todas|todos|deberes|tarea )
muerte subita
( desaparecer ) ( unos|unas|fin semana|vacaciones|playa|un rato )
( mato|mate|matar ) ( tiempo|gusanillo|hambre )
morir soltera
( vacaciones|viaje|trabajo|oficina|medico ) .6 no estare
( vivir|viviendo|existir ) en !mundo|dolor|miedo|infierno|vida
no estare .6 ( vacaciones|viaje|trabajo|oficina|medico|reunion|viajo )
SUIC ( politico|profesional|economico|social )`,
  laughed: `( adios ) .1 mundo cruel
me tiro
QUIERO .2 ( tirarme|tirar )
me ( lanzo|ahorco|pego )
QUIERO .2 MORIR
me muero
me mato
mori
QUIERO .1 MATARME`,
  own: {
    "crisis.active": `QUIERO .2 mi vida .1 ( termine|acabe|pare )
MORIR .2 ( seria|es|sera ) .1 ( alivio|descanso|salida|solucion|mejor )
( voz|voces|cabeza|mente ) .4 me ( mate|tire|corte )
me ( voy|pego|pegare|quiero ) .1 ( pegar )? tiro
( escopeta|pistola|rifle|arma|revolver ) .9 ( barbilla|sien|boca|paladar )
( pies|piernas ) .2 ( colgando|fuera|afuera ) .4 ( fuera|borde|cornisa|vacio|$ )
me tiro .2 ( pantano|rio|mar|pozo|embalse|barranco|via )
me tomo .2 ( veneno|raticida|lejia|matarratas )
( encontrar|encontraran|encontreis ) .1 ( ti|me )? .2 ( ties*|colgad*|frio|tieso )
me .2 encontrar ( ties*|colgad*|muert* )
( hare|haremos|lo hago ) yo ( mismo|misma ) .3
( hoy|noche|manana ) .2 ( termino|acabo|terminare|acabare|pongo fin ) con? ( todo|esto|vida ) ( $ | , )
( HEAVY|metro ) .9 ( saltar|tirarme|lanzarme|arrojarme|ponerme|echarme ) .3 ( via|vias|delante|debajo|encima|frente )
( saltar|tirarme|lanzarme|arrojarme|aventarme|echarme ) .2 ( via|vias|anden|rieles )
( DROP ) .9 QUIERO .1 ( saltar|tirarme|lanzarme )
( pistola|arma|revolver|reglamentaria|escopeta|canon ) .5 ( sien|boca|frente|paladar )
me .1 ( quito|quitare|quite ) .2 medio
SUIC .5 ( unico|unica|pienso|salida )
( unico|unica ) .4 SUIC
( pasarme|excederme ) .2 dosis
( terminar|acabar|acabo|termino ) con vida
( adentrarme|meterme|entrar|caminar|nadar|andar ) .3 ( mar|rio|agua|lago ) .5 ( ahog*|no volver|hasta|fondo )
( cuerda|soga|nudo ) .4 ( viga|atad*|hech*|preparad*|colgad*|gancho )
borrarme .2 ( mapa|mundo|vida )
( estrellar|estrellarme|estrello|empotrarme|empotrar ) .4 contra .2 ( arbol|muro|pared|camion )
QUIERO .3 MORIR !antes
( quiero|quisiera|deseo|gustaria|prefiero|preferiria|ojala|mereceria|deberia ) .3 ( estar|estuviera|estuviese ) ( muert* )
MATARME !ganas|trabajando|estudiando|risa|entrenando
me ( quiero|voy|quisiera|podria|deseo|gustaria|intente|pienso ) .2 ( matar|morir|suicidar|ahorcar|colgar|tirar|cortar|quitar )
me ( mato|suicido|ahorco|cuelgo|matare|suicidare|disparo|pego )
( mi|me ) ( propio )? SUIC
~ ( quitarme|quitar|quito|arrancarme|quite|quitado ) .1 vida
me ( tiro|lanzo|arrojo|aviento|tirare|lanzare|arrojare ) .2 ( DROP|HEAVY|vacio )
( encontraran|encontraras|encontrareis|hallaran|encuentren ) .2 ( mi cuerpo|mi cadaver|muert* )
( me ) .3 ( quitar|quito|quite ) .1 vida
( acabar|terminar|acabo|acabe|termino|poner fin|fin|finalizar|acabando|terminando ) ( con|a )? .1 ( mi vida|mi existencia|mis dias|mi sufrimiento|mi dolor|conmigo )
QUIERO .2 ( acabar|terminar ) ( con )? ( todo|conmigo|esto $|mi vida )
( poner|ponerle|pongo|ponerles ) .2 fin .3 ( todo|vida|dias|sufrimiento|$ )
( QUIERO|me ) .3 ( tirar*|lanzar*|arrojar*|saltar|aventar* ) .3 ( DROP|HEAVY )
( saltar|tirarme|lanzarme|arrojarme|aventarme ) .3 ( DROP|HEAVY )
( estrellar|estrellarme|chocar ) .3 ( coche|carro|auto|arbol|muro )
( pegarme|meterme|darme ) .2 ( tiro|balazo|bala )
~ ( pienso|penso|pensando|pensar|tengo|he|siento|planeo|considero|intente ) .3 SUIC
( pienso|pensando|sueno|fantaseo|deseo|anhelo|espero|quiero|ansio|pensar ) .3 ( muerte|mi muerte )
muerte .3 ( alivio|salida|solucion|descanso|unica|paz|libre )
( unica|unico ) .2 ( salida|solucion|opcion|manera|forma ) .4 ( morir|muerte|SUIC|matarme|morirme )
( dejar|irme|marcharme|abandonar|largarme|partir|irse ) .1 ( de )? ( mundo|vida|tierra )
( cortarme|cortarse|abrirme|cortado|cortar|corte|abierto ) .2 ( venas|munecas )
soy SUIC
( imagino|sueno|fantaseo ) .3 no ( existir|existo )
( abrirme|cortarme|rajarme ) .1 CUERPO
no .2 ( prometer|prometo|asegurar ) .4 ( viv*|siga )
( duele|doloroso ) .1 ( ahorcarme|ahorcarse|suicidarse|suicidarme )
me ( trague|tragado ) .2 ( somnifer*|pastillas|calmantes|tranquilizantes )
SUIC .3 ( unica|salida|opcion|solucion )
no aguanto .1 vida
QUIERO .1 dejar ( de )? ( vivir|existir|respirar )
quitarme .3 medio`,
    "crisis.passive": `( odio|detesto ) .1 estar viv*
( pido|ruego|rezo ) .5 ( virgen|dios|senor ) .5 ( lleve|llame|recoja )
( virgen|dios|senor ) .4 me lleve
( pare|parara|detenga ) .2 corazon
corazon .2 ( pare|parara|detenga|deje )
( envidio|envidia ) .3 ( muertos|cementerio|difuntos|tumba*|enterrad* )
( entrar|meterme ) .4 ( no salir|nunca salir )
( si manana|manana ) no despierto .6
( rabia|decepcion*|pena ) .4 ( despertar*|seguir viv*|sigo viv* )
( preferiria|prefiero ) .2 estar muert*
( mar|rio ) .3 ( llama|llamando ) .6 ( entrar|salir|hundir* )
( seria|todo ) .2 ( MEJOR|sencillo|mas facil ) .3 ( yo )? ( desapareciera|muriera|no existiera|desapareciese|muriese )
no .2 sentido .3 ( respirar|respirando|seguir )
( arrepient*|lamento|odio|maldigo ) .2 haber nacido
no .2 ( quiero|deseo|quisiera|tengo ganas|puedo|soporto|aguanto|merezco|vale pena|apetece|me interesa|dan ganas ) .2 ( VIVIR|vivir|estar viva|estar vivo|estar aqui mas|estar aqui $|estar mundo|estar en mundo ) !sol*|con|ahi|alli|juntos|espana|madrid|aqui|sin|alquiler|cerca|lejos|de|temprano|barcelona
( ya no|no ) .1 ( quiero|deseo ) .1 ( seguir|estar|vivir|existir ) .1 ( aqui|viv*|mundo|adelante|mas|asi ) ( $ | , | mas )
nada por .1 VIVIR
( SIN|perdi|perdido|quedan|queda ) .4 ( razon|razones|motivo|motivos|sentido|ganas|fuerzas|proposito|esperanza|voluntad|ilusion ) .3 ( VIVIR|seguir )
( vida !sin|vivir !sin|existencia|existir|seguir ) .3 ( no|ni|nada|perdido|perdio|sin|carece ) .2 ( sentido|vale|pena|sirve|valor|proposito )
vida .2 ( insoportable|inutil|vacia|no vale|vale nada|desperdicio|error|carga|infierno|tortura|basura|mierda .2 quiero )
( cansad*|hart*|agotad* ) .2 ( vivir|existir|vida|respirar|estar viv* )
( que|para que|cual ) .2 ( sentido|sirve|objeto|caso|vale ) .3 ( VIVIR|seguir )
^ .2 para ( seguir|vivo|existo|despertar|levantarme )
( para que|porque|por que ) .2 ( seguir|vivo|vivir|existo|sigo|despertar )
( no|nunca|jamas|ojala ) .3 ( hubiera|haber|debi|deberia|hubiese|habria|existido ) .2 ( nacido|nacer|existido|existir )
( no|nunca ) .2 ( debi|deberia|debería ) .2 nac*
( ojala|desearia|quisiera|gustaria|espero|deseo|rezo|pido ) .5 ( muert*|muriera|muriese|morir|no despert*|nunca despert*|desaparec*|no existi*|atropell*|cancer|matara|no viv*|accidente|rayo|pare )
( no|nunca|jamas ) .2 ( despertar|despertarme|despertara|despierte|despertase ) .1 ( $ | manana|mas|nunca|jamas|, )
( dormir|dormirme|acostarme|duerm*|cerrar ojos ) .4 ( no despert*|nunca despert*|siempre|jamas|nunca mas )
( desaparecer|desvanecerme|esfumarme|irme ) .2 ( siempre|mundo|completo|tierra|por completo|vida )
QUIERO ( desaparecer|esfumarme|irme ) .1 ( no volver|nunca volver ) ( $ | , | nunca|jamas )
QUIERO ( desaparecer|esfumarme|desvanecerme ) $
( MEJOR|bien ) .2 ( sin mi|si yo .1 ( no|muer*|muri*|desaparec* )|si no estuviera|si me muriera|si muriera|si no existiera|sin mi )
( sin mi ) .4 ( MEJOR )
( estaria|estarian|seria|serian|estareis|estarias ) .3 ( MEJOR ) .3 ( muert*|sin mi|si .2 muri*|si no )
( nadie|a nadie|quien ) .4 ( extran*|echar*|importa*|llor*|notar*|daria|enter*|falta|recordar* ) .5
( nadie ) .2 ( extranaria|echaria menos|echaria|lloraria|notaria|me extran* )
( si ) .2 ( muriera|muriese|muero|desapareciera|desaparezco|no estuviera|no existiera|me muero|me muriera|dejara existir ) .5
( carga|estorbo|lastre|peso ) .4 ( tod*|familia|padres|demas|mundo|hijos|otros )
( duele|pesa ) .1 ( vivir|existir|estar viv* )
( vivir|existir ) .1 ( duele|pesa )
no merezco .2 ( vivir|vida|existir|estar )
( me )? ( daria|da ) igual .4 ( muer*|morir|vivir|despert* )
no .2 ( importaria|importa ) .4 ( morir*|muri*|despert*|vivir|muero )
( no ) .2 ( futuro ) .4 ( ni|quiero )
( sobro|sobrando ) .3 ( mundo )
( mundo ) .3 ( sin mi )
( error|desperdicio ) .3 ( nacer|nacimiento|existencia|oxigeno|haber nacido )
( nacer|haber nacido|mi existencia|mi vida ) .2 error`,
    "crisis.plan": `( punto|estoy ) .1 ( punto )? saltar ( $ | , )
MED .2 ( golpe|juntas|juntos )
( DROP ) .9 ( dejarme caer|soltarme )
MED .2 contadas
MED .6 no .3 guardar
( cerrado|echado|puesto ) .2 pestillo .4 ( $ | vez )
( reserv*|domingo|lunes|sabado|viernes ) .3 acaba ,? .3 ( yo mismo|yo misma|mi mano )
( cinturon|bufanda|cable|sabana|correa ) .4 ( puerta|picaporte|pomo|manilla|viga|barra|cuello )
( conte|contado|contando ) .3 MED
( estoy|parad*|llevo ) .3 ( puente|viaducto|azotea|cornisa ) .6 ( hora|horas|abajo|detiene|mirando )
( planeando|pensando|planeo ) .2 como irme .4
( MED|MEANS ) .4 ( mano|manos|lado|delante|frente|lista|preparad*|mesa|cajon|cama )
cuant* .1 MED .6
( dosis ) ( letal|mortal )
( dosis|cantidad|cuant* ) .2 MED .4 ( morir|MORIR|MATARME|matar|falta )
( tomar|tomarme|tome|tomado|trague|tragar|tragarme|tragado|tomo ) .3 ( tod*|caja|frasco|bote|monton|puñado|punado|muchas|entero|demasiadas ) .3 MED
( tomo|tomar|tomarme|tome|trago|tragar|tragarme ) .2 ( frasco|caja|bote|blister|paquete ) ( entero|entera|completo|completa )
( tom*|trag* ) .3 ( MED ) .4 ( todas|morir|dormir siempre|acabar|todo )
( todas mis|todas|todo|toda ) MED
( guard*|junt*|acumul*|ahorr* ) .4 MED
MED .2 ( guardad*|juntad*|acumulad*|ahorrad* )
como _4 ( MATARME|suicidarme|morir $|morir sin|morir rapido|morir,|quitarme|ahorcarme|acabar con mi )
( forma|manera|metodo|modo|formas|maneras|metodos ) .4 ( MORIR|morir|MATARME|suicid*|quitarme )
( sin dolor|indolor|rapido|sin sufrir ) .4 ( morir|MATARME|muerte|suicid* )
( morir|MATARME|muerte|suicid* ) .2 ( sin dolor|sin sufrir|rapid*|indolor )
( carta*|nota*|mensaje|video ) .2 ( suicid*|despedida|adios|suicidio )
( DROP|vias ) .5 ( saltar|tirar*|lanzar*|arrojar* )
( parad*|sentad*|subid*|borde|estoy|asomad* ) .3 ( borde|cornisa|vias|azotea|puente|balcon ) .4 ( saltar|salt*|tir*|lanz*|$ )
( compr*|consegu*|tengo|busqu*|carg* ) .3 ( cuerda|soga|pistola|arma|veneno|cuchilla* ) .5
( fecha|dia|plan|hora|lugar|metodo ) .5 ( morir|matar*|suicid*|muerte|acabar con|quitarme|voy morir )
( hoy|esta noche|manana|noche|viernes|domingo ) .4 ( me mato|muero $|MATARME|voy morir|acabo con todo|acabo con mi|sera ultima|quito vida|me suicido|acaba todo )
( ultimo|ultima ) ( dia|noche|cumpleanos ) .1 ( vida|viv*|tierra|mundo )
( busque|buscando|busco|googlee|investig* ) .4 ( morir|MATARME|suicid*|ahorc* )
( regal*|repart* ) .4 ( cosas|todo|pertenencias|ropa ) .7 ( necesit*|ire|voy|estare )
no .3 necesit* .4 ( donde voy|a donde|manana|despues hoy )
arreglad* .3 ( todo|asuntos|papeles ) .4 ( irme|antes|morir )`,
    "crisis.farewell": `perdon* .4 voy hacer
( adios|despido|despedida|chao|hasta ) .3 ( siempre|mundo|mundo cruel|nunca|nunca mas )
( es|sera|mi ) ( mi )? ( adios|despedida|ultimo adios )
( ultimo|ultima|ultimas ) ( mensaje|palabras|adios|vez ) .4
mi ( ultimo|ultima|ultimas ) ( mensaje|palabras|carta )
( cuando|si ) .1 ( leas|lean|leais|encuentren|leeis|lees ) .6 ( muert*|no estare|viv*|habre|ido )
( manana|pronto|noche|ya ) .2 ( no estare|no estoy|estare muert*|habre muerto|ya no ) .2 ( $ | aqui|viv*|mas|, )
no .2 ( volver* ) .3 ( ver|verme|saber|hablar|vernos ) .3
( no|nunca ) .2 ( veran|veras|vereis|sabras|sabran|verme ) .2 ( mas|nunca|nada|volver*|de mi )
( dejo|dejar|abandono|marcho|voy|parto|me voy ) .3 ( mundo|siempre|otro lado )
( nos vemos|veremos|vernos|vemos ) .2 ( otra vida|otro lado|cielo|infierno|mas alla )
( cuando|despues ) .1 ( me haya ido|no este|muera|ya no este|me muera|este muert* ) .5
( perdon*|perdonadme|perdonenme ) .4 ( adios|irme|por lo que voy|por lo que|no pude mas|dejar* )
( diles|dile|digan|decid* ) .5 ( quiero|amo|queria|quise|amaba ) .4 ( no podre|adios|ya no|no voy|nunca|tendre )
cuid* .5 ( cuando no este|cuando ya no|cuando me haya|cuando yo no )
no .1 ( os|se|te )? culp* .4
ya .1 no .1 estare
adios .6 perdon*
perdon* .6 adios`,
    "crisis.selfharm": `me ( corto|lastimo|autolesiono ) desde .3
me ( queme|quemo|corte|corto ) .2 ( CUERPO|brazo|pierna|mano|antebrazo|muslo ) .6 ( merezco|proposito|adrede|castig*|sentir )
( grabe|grabado|tallado|talle|escribi ) .4 ( cuchilla|piel|muslo|pierna|brazo )
me .1 ( clavo|clave|pincho|hinco|apago|pego|quemo ) .3 ( compas|aguja*|tijera*|alfiler*|boligrafo|cigarro*|cigarrillo*|colilla*|mechero|encendedor|unas ) .5 ( CUERPO|pierna|mano|muslo|barriga|vientre|palma )
( compas|colilla*|cigarro*|cigarrillo* ) .3 ( CUERPO|pierna|mano|palma|vientre|barriga )
me .1 ( arranco|arranque|rasco|pellizco|muerdo ) .3 ( piel|costras|pellejos|brazo|brazos|dedos ) .9 ( sangr*|proposito )
( hasta|hacerme ) .2 sangr* .4 ( proposito|aposta|adrede )
( golpeo|pego|doy|punetazos ) .4 ( pared|puerta|espejo|cabeza ) .4 ( hasta|sangr* )
sin ( cortarme|autolesionarme ) .6 ( recai|recaida|hoy|ayer|otra vez )
( recai|recaida ) .5 ( cuchilla|cortarme|cortes|corte )
me ( corto|autolesiono|automutilo|rajo|quemo|lastimo|castigo|hiero|golpeo ) .3
~ CUERPO .3 ( cortes|heridas )
llevo .3 ( cortandome|autolesionandome|haciendome dano )
me ( hago|hice|hacia|haciendo ) .1 ( dano|cortes|heridas )
( hacerme|hacerse|haciendome|haciendome ) .1 ( dano|cortes|heridas )
DANO !caso|rico|mayor|pelo|unas|una|novia|examen|analisis|novio
~ ( autolesi*|automutil*|autolesion* )
( me ) .2 ( CORTE ) .3 ( CUERPO|$|otra|vez )
( sigo|vuelvo|volvi|he vuelto|he empezado|empece ) .1 ( a )? ( cortandome|haciendome dano|lastimandome|autolesionandome|cortarme|lastimarme )
( cuchilla|navaja|gillette|cuchillo ) .4 ( piel|brazo|brazos|muneca*|venas|muslo* )
~ ( cortes|heridas|cicatrices|marcas ) .3 ( brazo|brazos|muneca*|muslo*|piernas )
( ganas|impulso|necesidad|necesito ) .2 ( cortar*|sangrar|hacerme dano )
( sangr* ) .3 ( sentir|ver ) .3
( dejar|parar|deje ) .2 ( cortarme|autolesionarme|hacerme dano )
merezco .1 ( dolor|sufrir|castigo )`,
    "concern.other": `THIRD -4 ( quiere|quieren|queria|intenta|piensa|va|dice|amenaza|desea|podria ) .5 ( suicidarse|matarse|morir|morirse|quitarse|cortarse|hacerse dano|lastimarse|acabar con su vida|ahorcarse )
THIRD -4 se ( va|quiere|piensa|quisiera ) .1 ( matar|suicidar|ahorcar )
( dice|dijo|dicho|amenaza|jura|escribio|escrito ) .2 se .2 ( matar|suicidar|mata|ahorcar )
THIRD -4 ( quiere|quisiera|queria|desearia|preferiria|prefiere ) .1 estar muert*
THIRD -3 se ( haga|hiciera ) .1 ( dano|cortes )
( evito|evitar|impido|impedir ) .4 se ( mate|suicide|haga )
miedo .3 THIRD -3 se ( mate|suicide|quite vida )
THIRD -3 se ( hace|hizo|hacia|provoca|hecho ) .1 ( cortes|dano|heridas )
THIRD -4 ( se ) ( corta|autolesiona|lastima|hace dano|quiere matar|quiere morir|quiere suicidar|va matar|quita )
THIRD -4 ( quiere|amenaza|va|iba|dice ) .2 ( tirarse|lanzarse|saltar|arrojarse|pegarse ) .2 ( DROP|HEAVY|tiro )
( quiere|intenta|piensa|amenaza ) .2 ( suicidarse|matarse|quitarse vida|morirse )
THIRD .4 no quiere .1 ( vivir|seguir viv* )
THIRD -4 no .2 ( quiere ) .1 ( vivir|seguir viv* )
THIRD -4 ( tiene|habla|piensa|pensamientos ) .4 ( SUIC )
THIRD -6 ( carta suicid*|carta despedida|sobredosis )`,
    "concern.urgent": `THIRD .9 ( va|quiere|amenaza|iba|piensa ) .2 ( tomar|tomarse|tragar|tragarse ) .3 MED
THIRD -3 ( intento|ha intentado|trato|intentado ) .2 ( suicid*|matarse|quitarse|cortarse )
THIRD -5 ( tomo|tomado|trago ) .3 ( MED|sobredosis )`,
    eating_disorder: `( metí|meto|meti ) .1 dedos .5 ( cenar|comer|garganta|boca|grifo )
( kilos|kg ) .6 ( gord*|enorme )
( escondo|tiro ) .2 ( comida|almuerzo|bocadillo ) .9 ( abdominales|nadie|odio|vacio|adelgaz* )
( 300|400|500|600|700|800 ) calorias .4 ( dia|asco|gord* )
( sin|no ) .2 ( comer|comido|probado ) .9 ( orgullos*|control|fuerte|poder|ligera|limpia )
( hueso*|esqueleto ) .7 ( gord*|enorme|obes* )
( gord*|enorme ) .8 ( hueso*|esquelet* )
no .2 derecho .1 comer
( mastico|masticar ) .5 escup*
( atracon*|nevera ) .9 ( vomit*|laxante*|purg* )
( vomit*|provoco|provocarme|provoque ) .4 ( comer|comida|cada|despues|vomito|engord*|adelgaz* )
( soy|tengo|estoy|creo ) .3 ( anorexi*|bulimi*|anorexic*|trastorno alimentari*|trastorno alimenticio )
( no ) .2 ( como|comido|comer|ceno ) .5 ( gord*|adelgaz*|engord*|flac*|peso|dias|calorias|bajar )
( laxante* ) .4
( dejar|deje|dejado ) .1 comer .4 ( adelgaz*|flac*|gord*|peso )
( matarme|mato|mata|muero ) hambre .3 ( adelgaz*|peso|flac* )
no merezco .1 ( comer|comida )
( pro ana|proana )`,
  },
  topic: {
    "crisis.plan": "sobredosis .3",
    "crisis.active": `( pensamientos|cometer|idea*|ganas|impulso* ) .2 SUIC
^ .2 SUIC .1 $
( yo|me|mi|tengo|he|siento ) _5 SUIC`,
    "concern.other": `THIRD .6 SUIC
( ayud*|apoy*|hablar ) .6 SUIC`,
  },
  across: {
    "crisis.farewell": "( diga*|dile|diles|decid* ) .5 ( quiero|amo ) .3 adios",
  },
  framed: `medicos|pacientes|seguro|poliza|protocolo*|psiquiatria|urgencias|ponencia|guardia|pelicula*|libro*|novela*|serie*|juego*|noticia*|periodico*|senales|antidepresivo*|cancion*|personaje*|protagonista*|actor|actriz|estudio*|articulo*|prevencion|estadistica*|tasa*|documental*|obra|historia|cuento|famos*|juvenil|riesgo|poema|linea|ensayo|tesis|trabajo|conferencia|ley|gobierno
( desde|despues|tras ) .4 SUIC
titular|titulares|rutina|cuestionario
pregunt* .4 SUIC
^ ( es|son ) SUIC
^ significa .1 SUIC
( como|cuando|donde ) .1 se ( trata|previene|detecta|reconoce|identifica|habla )
( se|ha|han ) ( suicido|suicidado|mato|ahorco|quito )
( murio|fallecio|perdi|perdimos|aniversario|funeral|duelo ) .5
( suicidio ) .1 de .1 ( mi|su|un|una )`,
  inside: `( hamlet|ophelia|ophelie|ofelia|romeo|juliet|julia|julieta|julieta|werther|bovary|karenina|karenine|tosca|macbeth )
( resident evil|call duty|elden ring|dark souls|mario|pubg|overwatch|diablo|warcraft|roblox|among us )
en .2 ( juego|libro|nivel|partida|escena|serie|obra|historia|cuento|rol )
( juego|pelicula|novela|videojuego|jefe final|minecraft|fortnite|among )
^ .1 ( capitulo|prologo|epilogo|escena )
( letra|estribillo|canta|cantan|cantando )
mi ( personaje|protagonista|avatar )
( escrib* ) .3 ( historia|novela|cancion|poema|guion|cuento )`,
  speaker: `( yo|quiero|estoy|tengo|voy|soy|conmigo|siento|pienso|MATARME|morirme )`,
  past: `( adolescente|jovencit*|AGE anos ) .2 ( intente|quise|pense|trate )
con AGE .2 ( intente|quise|pense|trate )
^ AGE ( intente|quise|me|tuve|pense )
hace .2 ( anos|meses|decadas|tiempo )
( cuando|de ) .1 ( era|tenia|nin*|adolescente|joven|pequen* )
( antes|aquella epoca|entonces|epoca ) .2 ( queria|pensaba|me )
adolescencia|juventud|infancia`,
  now: `( ahora|hoy|ultimamente|actualmente|estos dias )`,
  again: `( quiero|voy|deseo|pienso|planeo|necesito|quisiera ) .4 ( MORIR|MATARME|SUIC|DANO|VIVIR|desaparecer )
llevo .2 ( anos|meses|semanas )
me corto ( $ | , | cada|todos|noches )
anos .1 me? corto
( recai|recaida|otra vez|de nuevo|todavia|sigo|vuelvo|aun|desde )`,
};
