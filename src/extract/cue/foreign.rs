//! Verbs of saying in other languages than English: the forms that newspapers print around quoted words.
//!
//! Forms that are words of English, or common nouns of their own language, are left out.

/// The verbs of one language.
#[derive(Clone, Copy, Debug)]
pub(in crate::extract) struct Verbs {
    /// Finite forms, and the participles that follow an auxiliary.
    listed: &'static str,
    /// Stems of regular verbs, with the endings of the forms that are nothing but verbs.
    regular: &'static [(&'static str, &'static str)],
}

impl Verbs {
    /// Every form.
    pub(in crate::extract) fn forms(self) -> impl Iterator<Item = String> {
        let regular = self.regular.iter().flat_map(|(stems, endings)| {
            stems.split_whitespace().flat_map(|stem| endings.split(' ').map(move |ending| format!("{stem}{ending}")))
        });
        self.listed.split_whitespace().map(str::to_owned).chain(regular)
    }
}

/// German.
pub(in crate::extract) const GERMAN: Verbs = Verbs {
    listed: "sagte sagt sagten sagen gesagt erklärte erklärt erklärten betonte betont betonten meinte meint meinten \
        schrieb schreibt schrieben geschrieben berichtete berichtet berichteten teilte teilten forderte fordert \
        forderten kritisierte kritisiert kritisierten warnte warnt warnten antwortete antwortet antworteten \
        kündigte fragte fragt fragten rief riefen mahnte mahnt mahnten zitierte zitiert bestätigte bestätigt \
        bestätigten räumte räumten versicherte versichert versicherten unterstrich unterstreicht fügte fügten \
        ergänzte ergänzt ergänzten erwiderte erwidert entgegnete entgegnet behauptete behauptet behaupteten \
        erzählte erzählt erzählten erläuterte erläutert äußerte äußert äußerten beklagte beklagt beklagten \
        wetterte wettert schimpfte schimpft twitterte konterte kontert resümierte resümiert bilanzierte \
        bilanziert klagte klagt klagten lobte lobt bekräftigte bekräftigt verkündete verkündet bemerkte bemerkt \
        konstatierte konstatiert versprach verspricht gestand gesteht verriet verrät spottete spottet \
        scherzte scherzt \
        sprach spricht sprachen sprechen gesprochen nannte nennt nannten genannt bezeichnete bezeichnet \
        bezeichneten bezeichnen rät riet widersprach widerspricht baten bittet schwor",
    regular: &[
        (
            "beton erklär mein warn kritisier forder mahn bestätig versicher ergänz erläuter äußer beklag schimpf \
            kommentier argumentier prognostizier appellier präzisier informier protestier witzel raun brüll \
            murmel flüster stöhn seufz polter bedauer beteuer verteidig schilder unterstell resümier konstatier \
            konter urteil",
            "t te ten",
        ),
        ("bericht antwort behaupt vermut begründ verkünd entgegn", "et ete eten"),
    ],
};

/// French.
pub(in crate::extract) const FRENCH: Verbs = Verbs {
    listed: "dit déclaré déclare déclarait déclarent assuré assurait assurent affirmé affirme affirmait affirment \
        ajouté ajoute ajoutait expliqué explique expliquait expliquent estimé estime estimait estiment indiqué \
        indique indiquait indiquent souligné souligne soulignait soulignent précisé précise précisait précisent \
        confié confie confiait lancé lance lançait répondu répond répondait répondent regretté regrette \
        regrettait regrettent écrit écrivait écrivent rappelé rappelle rappelait rappellent raconté raconte \
        racontait racontent demandé demandait martelé martèle martelait poursuit poursuivi poursuivait insisté \
        insiste insistait résume résumait conclut conclu concluait dénoncé dénonce dénonçait dénoncent promis \
        promet promettait prévenu prévient averti avertit admis admet admettait reconnu reconnaît reconnaissait \
        reconnaissent commenté commentait rétorqué rétorque rétorquait réagi réagit lâché lâche lâchait glissé \
        glisse indigné indigne soupiré soupire renchérit renchéri plaidé plaide plaidait jugé jugeait justifié \
        justifie justifiait observé observait remarqué relevé annoncé annonce annonçait annoncent témoigné \
        témoigne témoignait témoignent soutenu soutient soutenait tonné ironisé ironise nuancé déploré déplore \
        déplorait déplorent félicité félicite exclamé exclame interrogé interroge confirmé confirme confirmait \
        tweeté twitté signalé signale évoqué évoque salué salue murmuré murmure crié proclamé proclame considéré \
        considère \
        répété répète répétait disent disait disaient défend défendait défendu prétend prétendait martèle suggère suggéré inquiète \
        pointait pointé remémore remémoré remémorait abonde enchaîne enchaîné \
        insurge étonne réjouit assène préviennent promettent soutiennent poursuivent concluent",
    regular: &[
        (
            "déclar affirm ajout estim indiqu soulign précis racont témoign justifi annonc confirm évoqu proclam \
            ironis déplor félicit exclam interrog constat réaffirm clam fustig détaill préconis revendiqu \
            réclam regrett rétorqu dénonc expliqu",
            "e ent ait aient a èrent é",
        ),
        (
            "assur rappel demand insist nuanc observ remarqu jug plaid comment critiqu martel alert lâch gliss \
            confi",
            "é ait aient èrent",
        ),
    ],
};

/// Spanish.
pub(in crate::extract) const SPANISH: Verbs = Verbs {
    listed: "dijo dice dicho decía dijeron dicen afirmó afirma afirmado afirmaba afirmaron aseguró asegura asegurado \
        aseguraba aseguraron señaló señala señalado señalaba señalaron declaró declara declarado declararon \
        explicó explica explicado explicaba explicaron añadió añade añadido agregó agrega agregado indicó indica \
        indicado indicaron sostuvo sostiene sostenido preguntó contestó contesta replicó insistió insistido \
        recordó recuerda recordado prometió promete reconoció reconoce reconocido destacó destaca destacado \
        manifestó manifestado comentó comenta comentado apuntó apunta apuntado escribió escribe escrito \
        respondió responde respondido advirtió advierte advertido subrayó subraya subrayado reiteró reitera \
        reiterado expresó expresa expresado sentenció zanjó zanja denunció denunciado lamentó lamenta lamentado \
        criticó critica criticado confesó confiesa confesado admitió admite admitido anunció anuncia anunciado \
        concluyó concluye concluido precisó precisa precisado puntualizó matizó matiza aclaró aclara aclarado \
        confirmó confirma confirmado relató relata relatado narró contó contado exclamó exclama pidió exigió \
        opinó opina remarcó remarca recalcó recalca enfatizó enfatiza apostilló remachó espetó ironizó bromeó \
        argumentó argumenta alertó alertado avisó resaltó resalta tuiteó celebró \
        presumió resumió resumía resumido describió describía descrito definió definía definido desmintió desmiente \
        propuso propone propuesto prosiguió prosigue recuerdan advirtieron advierten defendió defiende defienden \
        defendido defendía pidieron pide piden pedía pedido exige exigen exigido añadieron añaden añadía \
        abundó abundado incidió incidido terció coincidió coincidido coinciden indagó \
        sostuvieron sostienen sostenía respondieron responden respondía prometieron prometía reconocieron \
        reconocen reconocía admitieron admiten escribieron escribía concluyeron concluía insiste insisten \
        insistía insistieron niega cuentan lamentan alertan expresaron expuso sugirió sugiere admitía",
    regular: &[
        (
            "afirm asegur señal declar indic explic manifest coment apunt subray reiter zanj confes anunci precis \
            puntualiz matiz aclar confirm relat narr exclam opin remarc recalc enfatiz apostill espet ironiz \
            argument resalt inform plante valor reclam contest destac rechaz consider estim augur vaticin \
            desvel proclam reproch desliz ahond adelant detall ratific felicit agreg rememor celebr avis reivindic",
            "a an ó aron aba aban ado",
        ),
        (
            "pregunt record replic cont neg lament critic denunci alert acus lanz censur elogi sentenci",
            "ó aron aba aban ado",
        ),
    ],
};

/// Italian.
pub(in crate::extract) const ITALIAN: Verbs = Verbs {
    listed: "detto disse dicono diceva dichiarato dichiara dichiarò spiegato spiega spiegò spiegano aggiunto aggiunge \
        aggiunse sottolineato sottolinea sottolineò affermato afferma affermò affermano risposto risponde \
        rispose raccontato racconta raccontò raccontano scritto scrive scrisse ribadito ribadisce ribadì \
        commentato commenta commentò concluso concluse assicurato assicura assicurò ricordato ricorda ricordò \
        osservato osserva osservò precisato precisò ammesso ammette ammise annunciato annuncia annunciò \
        avvertito avverte avvertì chiesto chiede chiese replicato replicò attaccato attacca attaccò denunciato \
        denunciò sostenuto sostenne insistito confermato conferma confermò rivelato rivela rivelò rilevato \
        rileva promesso promette garantito garantisce esclamato esclama ironizzato ironizza tuonato tuona \
        rimarcato rimarca evidenziato evidenzia confessato confessa prosegue proseguito continua incalza twitta \
        twittato rassicura rassicurato auspica auspicato \
        dice insiste dissero dicevano chiarisce chiarito chiarì ammonisce ammonito ammonì aggiungono aggiungeva \
        rispondono rispondeva scrivono scriveva chiedono chiedeva sostiene sostengono sosteneva definisce \
        definito definì criticato criticò ribadiscono ribadiva accusato",
    regular: &[(
        "dichiar spieg sottoline afferm raccont comment assicur ricord osserv precis annunci conferm \
            rivel rilev ironizz rimarc evidenzi confess incalz rassicur auspic puntualizz specific illustr \
            segnal esort lament",
        "a ano ò arono ava avano ato",
    )],
};

/// Portuguese.
pub(in crate::extract) const PORTUGUESE: Verbs = Verbs {
    listed: "diz dito dizia disseram dizem afirmou afirmava afirmaram declarou declararam explicou explicaram \
        acrescentou acrescenta destacou destacaram ressaltou ressalta contou contaram escreveu escreve respondeu \
        avaliou avalia perguntou lembrou lembra garantiu garante rebateu completou criticou defendeu defende \
        alertou reforçou reforça reiterou frisou frisa enfatizou salientou salienta sublinhou sublinha informou \
        informa comentou confirmou anunciou pontuou pontua relatou revelou revela admitiu reconheceu reconhece \
        concluiu conclui observou observa argumentou assegurou assegura prometeu lamentou desabafou desabafa \
        ironizou questionou questiona ponderou pondera apontou aponta relembrou relembra celebrou replicou \
        confessa confessou confessado indagou indagam indagava dizendo afirmando acrescentando \
        referiu refere adiantou adianta retorquiu vincou \
        disse insiste insistiu pediu pediram pedia pede sustentou sustenta sustentaram manifestou manifestaram sugeriu sugere \
        admite admitiram responderam escreveram defenderam defendia reconheceram concluíram esclareceu \
        esclarece esclareceram prosseguiu prossegue",
    regular: &[
        (
            "afirm declar explic acrescent destac ressalt avali lembr reiter fris enfatiz salient sublinh inform \
            coment confirm anunci pontu revel observ argument assegur desabaf ironiz ponder apont relembr adiant \
            reforç detalh justific",
            "a am ou aram ava avam",
        ),
        ("cont pergunt complet critic alert lament question celebr replic vinc acus neg", "ou aram ava avam"),
    ],
};

/// The languages that have more than a list.
pub(super) const CONJUGATED: [Verbs; 5] = [GERMAN, FRENCH, SPANISH, ITALIAN, PORTUGUESE];

/// Finite forms, and the participles that follow an auxiliary, of other languages; a language a line.
pub(super) const VERBS: [&str; 13] = [
    // Dutch.
    "zei zeiden zegt zeggen gezegd aldus vertelde vertelt vertelden verteld schreef schrijft geschreven \
        voegde verklaarde verklaart verklaard antwoordde antwoordt benadrukte benadrukt stelde stelt stelden \
        vroeg vraagt meende meent waarschuwde waarschuwt bevestigde bevestigt erkende erkent meldde meldt \
        meldden riep roept concludeerde concludeert herhaalde herhaalt beloofde belooft reageerde reageert \
        lachte lacht klaagde klaagt twitterde betoogde betoogt beweerde beweert beaamde beaamt vervolgde \
        vervolgt",
    // Swedish.
    "säger sade skriver skrev berättar berättade svarar svarade frågar frågade menar menade påpekar påpekade \
        tillägger tillade konstaterar konstaterade förklarar förklarade betonar betonade understryker hävdar \
        hävdade uppger uppgav bekräftar bekräftade varnar varnade kommenterar kommenterade fortsätter ropade \
        lovar lovade",
    // Danish, Norwegian.
    "siger sagde sier fortæller fortalte forteller svarer svarede svarte spørger spurgte mener mente tilføjer \
        tilføjede tilføyer understreger understregede forklarer forklarede forklarte påpeker påpeger oplyser \
        oplyste opplyser opplyste udtaler udtalte uttaler uttalte bekræfter bekræftede bekrefter advarer \
        advarede lyder konstaterer konstaterede konkluderer fastslår fastslog lovede hevder hævder",
    // Polish.
    "powiedział powiedziała powiedzieli mówi mówił mówiła dodał dodała dodaje stwierdził stwierdziła \
        stwierdza podkreślił podkreśliła podkreśla zaznaczył zaznaczyła zaznacza napisał napisała pisze \
        odpowiedział odpowiedziała odpowiada zapytał zapytała poinformował poinformowała informuje oświadczył \
        oświadczyła ocenił oceniła ocenia wyjaśnił wyjaśniła wyjaśnia zapewnił zapewniła zapewnia przyznał \
        przyznała przyznaje tłumaczył tłumaczyła tłumaczy przekonywał przekonywała przekonuje twierdzi uważa \
        ostrzegł ostrzegła ostrzega skomentował skomentowała komentuje zauważył zauważyła zauważa zapowiedział \
        zapowiedziała przypomniał przypomniała opowiada relacjonuje",
    // Czech, Slovak.
    "řekl řekla řekli říká uvedl uvedla uvádí dodal dodala dodává prohlásil prohlásila sdělil sdělila sdělili \
        zdůraznil zdůraznila upozornil upozornila poznamenal poznamenala napsal napsala píše odpověděl \
        odpověděla vysvětlil vysvětlila vysvětluje popsal popsala potvrdil potvrdila tvrdí míní povedal povedala \
        hovorí uviedol uviedla skonštatoval vyhlásil vyhlásila",
    // Turkish.
    "dedi diyor söyledi söylüyor belirtti ekledi açıkladı vurguladı konuştu kaydetti sordu yazdı anlattı \
        uyardı",
    // Hungarian, Romanian, Finnish.
    "mondta mondja közölte hangsúlyozta írta nyilatkozta tette spus spune declarat afirmat precizat adăugat \
        explicat subliniat scris transmis sanoo sanoi kertoo kertoi toteaa totesi kirjoittaa kirjoitti sanovat",
    // Russian.
    "сказал сказала сказали говорит говорил говорила говорят заявил заявила заявили заявляет сообщил сообщила \
        сообщили сообщает отметил отметила отметили отмечает подчеркнул подчеркнула подчеркивает подчёркивает \
        добавил добавила добавили рассказал рассказала рассказали рассказывает пояснил пояснила поясняет \
        объяснил объяснила объясняет написал написала написали пишет ответил ответила отвечает считает считают \
        уверен уверена напомнил напомнила уточнил уточнила признался призналась признал признала предупредил \
        предупредила пообещал пообещала спросил спросила констатировал резюмировал воскликнул воскликнула \
        утверждает утверждал указал указала полагает цитирует цитируют прокомментировал прокомментировала",
    // Ukrainian.
    "сказав каже говорить заявив повідомив повідомила повідомляє зазначив зазначила зазначає наголосив \
        наголосила підкреслив підкреслила додав додала розповів розповіла розповідає пояснив пояснює написав \
        пише відповів відповіла вважає нагадав нагадала уточнив",
    // Greek.
    "είπε λέει δήλωσε τόνισε ανέφερε πρόσθεσε υποστήριξε σημείωσε έγραψε απάντησε εξήγησε υπογράμμισε \
        επισήμανε ανακοίνωσε",
    // Indonesian, Malay.
    "kata ujar ujarnya katanya jelas jelasnya tutur tuturnya ungkap ungkapnya tegas tegasnya imbuh imbuhnya",
    // Arabic.
    "قال قالت قالوا وقال وقالت أضاف أضافت وأضاف وأضافت أكد أكدت وأكد وأكدت أوضح أوضحت وأوضح وأوضحت صرح صرحت وصرح أعلن \
        أعلنت وأعلن ذكر ذكرت وذكر اعتبر اعتبرت واعتبر أشار أشارت وأشار وأشارت كتب كتبت وكتب تابع وتابع",
    // Persian.
    "گفت گفته افزود گفتند نوشت خاطرنشان تصریح",
];
