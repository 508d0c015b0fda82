//! Articles in many languages, each found by a word in another form or spelling than the one that it prints.

mod support;

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

/// Language, the article, and queries of which each finds it and no other.
const ARTICLES: &[(&str, &str, &[&str])] = &[
    (
        "en",
        "River rises in the north\n\nThe river rose by two metres on Sunday and hundreds of families left their homes, \
         officials in the valley said. The bridges of the old town were closed.",
        &["bridge", "closing", "family"],
    ),
    (
        "es",
        "Crece el río en el norte\n\nEl río subió dos metros el domingo y cientos de familias dejaron sus casas, dijeron \
         las organizaciones del valle. Los puentes de la ciudad quedaron cerrados.",
        &["organización", "puente", "dejó OR dejaron"],
    ),
    (
        "fr",
        "La rivière monte dans le nord\n\nLa rivière est montée de deux mètres dimanche et des centaines d’habitants ont \
         quitté leurs maisons, ont dit les pompiers. Les écoles du village sont fermées.",
        &["école", "habitant", "village AND maison"],
    ),
    (
        "pt",
        "O rio sobe no norte\n\nO rio subiu dois metros no domingo e centenas de moradores deixaram as casas, disseram as \
         autoridades. As eleições do concelho foram adiadas para novembro.",
        &["eleição", "morador", "eleicao"],
    ),
    (
        "de",
        "Der Fluss steigt im Norden\n\nDer Fluss stieg am Sonntag um zwei Meter, und Hunderte verließen ihre Häuser, teilten \
         die Behörden mit. Die Brücken der Altstadt wurden gesperrt.",
        &["Haus", "Brücke", "brucken", "Behörde"],
    ),
    (
        "it",
        "Il fiume sale nel nord\n\nIl fiume è salito di due metri domenica e centinaia di famiglie hanno lasciato le case, \
         hanno detto i pompieri della valle. I ponti della città vecchia sono chiusi.",
        &["famiglia", "ponte", "citta"],
    ),
    (
        "ru",
        "Река поднялась на севере\n\nРека поднялась на два метра в воскресенье, и сотни жителей покинули свои дома, сообщили \
         власти долины. Старые мосты города закрыты, школы тоже.",
        &["мост", "житель", "школа"],
    ),
    (
        "uk",
        "Річка піднялася на півночі\n\nРічка піднялася на два метри в неділю, і сотні мешканців залишили свої оселі, \
         повідомила влада долини. Старі дороги громади зачинені.",
        &["дорога", "річкою", "мешканець OR мешканців"],
    ),
    (
        "tr",
        "Kuzeyde nehir yükseldi\n\nNehir pazar günü iki metre yükseldi ve yüzlerce aile evlerini terk etti, yetkililer \
         söyledi. Vadideki okullar ve köprüler kapatıldı, seçimler ertelendi.",
        &["okul", "köprü", "seçimleri", "secimleri"],
    ),
    (
        "pl",
        "Rzeka podniosła się na północy\n\nRzeka podniosła się w niedzielę o dwa metry, a setki mieszkańców opuściły swoje \
         domy, podały władze doliny. Zamknięto szkoły i drogi.",
        &["droga", "szkoła", "wladze"],
    ),
    (
        "ar",
        "ارتفاع النهر في الشمال\n\nارتفع منسوب النهر مترين يوم الأحد وغادرت مئات العائلات منازلها، حسبما قالت السلطات في \
         الوادي. وأُغلقت المدرسة القديمة والجسور.",
        &["نهر", "مدرسه", "الاحد", "جسور"],
    ),
    (
        "fa",
        "بالا آمدن رودخانه در شمال\n\nآب رودخانه روز یکشنبه دو متر بالا آمد و صدها خانواده خانه‌های خود را ترک کردند، مقام‌ها \
         گفتند. پل‌های شهر کهنه و مکتب‌ها بسته شد.",
        &["خانه", "مکتب", "مكتب", "مقام"],
    ),
    (
        "ps",
        "په شمال کې سیند لوړ شو\n\nد یکشنبې په ورځ د سیند اوبه دوه متره لوړې شوې او سلګونو کورنیو خپل کورونه پرېښودل، چارواکو \
         وویل. د ښار زاړه ښوونځي وتړل شول.",
        &["سلگونو", "ښوونځی", "سيند"],
    ),
    (
        "ur",
        "شمال میں دریا چڑھ گیا\n\nاتوار کو دریا کا پانی دو میٹر بلند ہوا اور سینکڑوں خاندانوں نے اپنے گھر چھوڑ دیے، حکام نے \
         بتایا۔ پرانے شہر کے پل بند ہیں۔",
        &["حكام", "دريا AND گهر", "میٹر"],
    ),
    (
        "hi",
        "उत्तर में नदी चढ़ी\n\nरविवार को नदी का पानी दो मीटर चढ़ गया और सैकड़ों परिवारों ने अपने घर छोड़ दिए, अधिकारियों ने \
         कहा। नदियों के किनारे के पुराने पुल बंद हैं।",
        &["परिवार", "नदी", "अधिकारी"],
    ),
    (
        "id",
        "Sungai naik di utara\n\nAir sungai naik dua meter pada hari Minggu dan ratusan keluarga meninggalkan rumah mereka, \
         kata para pejabat. Jembatan kota tua ditutup dan sekolah diliburkan.",
        &["tutup", "pejabat", "jembatan"],
    ),
    (
        "sv",
        "Floden stiger i norr\n\nFloden steg två meter på söndagen och hundratals familjer lämnade sina hus, sade \
         myndigheterna i dalen. Broarna i gamla stan är stängda, skolorna likaså.",
        &["flod", "myndighet", "skola"],
    ),
    (
        "el",
        "Το ποτάμι ανεβαίνει στον βορρά\n\nΤο ποτάμι ανέβηκε δύο μέτρα την Κυριακή και εκατοντάδες οικογένειες άφησαν τα \
         σπίτια τους, είπαν οι αρχές. Οι γέφυρες της πόλης έκλεισαν.",
        &["γέφυρα", "σπίτι", "ποταμι"],
    ),
    (
        "ko",
        "북부에서 강물이 불어나다\n\n일요일 강물이 2미터 불어나 수백 가구가 집을 떠났다고 당국이 밝혔다. 서울에서 온 기자들은 다리가 \
         닫혔다고 전했다. 학교도 문을 닫았다.",
        &["서울", "학교", "당국은"],
    ),
    (
        "zh",
        "北方河水上涨\n\n周日河水上涨两米，数百户家庭离开家园，当地官员说。老城的桥梁已经关闭，学校停课，交通中断。救援人员正在赶往\
         山谷。",
        &["河水", "桥梁", "救援人员"],
    ),
    (
        "ja",
        "北部で川が増水\n\n日曜日、川の水位が二メートル上がり、数百世帯が家を離れたと当局が発表した。旧市街の橋は閉鎖され、小学校も\
         休校となった。",
        &["水位", "メートル", "小学校"],
    ),
    (
        "th",
        "แม่น้ำเอ่อล้นทางเหนือ\n\nระดับน้ำในแม่น้ำสูงขึ้นสองเมตรเมื่อวันอาทิตย์ และหลายร้อยครอบครัวต้องออกจากบ้าน เจ้าหน้าที่กล่าว \
         สะพานในเมืองเก่าถูกปิด โรงเรียนหยุดเรียน",
        &["สะพาน", "โรงเรียน", "ครอบครัว"],
    ),
];

/// An index of all articles, and the folder that it goes with.
fn indexed() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let index = folder.path().join("index");
    let corpus = folder.path().join("corpus");
    fs::create_dir(&corpus).expect("a folder can be made");
    for (language, text, _) in ARTICLES {
        fs::write(corpus.join(format!("{language}.txt")), text).expect("the article can be written");
    }
    support::run(&index, &["index", corpus.to_str().expect("the path is Unicode")]);
    (folder, index)
}

#[test]
fn an_article_is_found_by_words_in_other_forms_and_spellings() {
    let (_folder, index) = indexed();
    let found = |arguments: &[&str]| {
        let output = support::run(&index, arguments);
        let lines = String::from_utf8(output.stdout).expect("output is UTF-8");
        let hits = lines.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
        let hits = hits.filter(|hit| hit["type"] == "article" || hit["type"] == "hit");
        hits.filter_map(|hit| Some(hit["path"].as_str()?.rsplit('/').next()?.to_owned())).collect::<Vec<_>>()
    };
    let mut wrong = Vec::new();
    for (language, _, queries) in ARTICLES {
        for query in *queries {
            let files = found(&["search", query, "--format", "json"]);
            if files != [format!("{language}.txt")] {
                wrong.push(format!("{query}: expected {language}, found {files:?}"));
            }
        }
        let files = found(&["search", &format!("lang:{language}"), "--format", "json"]);
        if !files.contains(&format!("{language}.txt")) {
            wrong.push(format!("lang:{language}: found {files:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_found_in_another_form_is_marked() {
    let (_folder, index) = indexed();
    for (query, marked) in [
        ("Haus", "Häuser"),
        ("школа", "школы"),
        ("نهر", "النهر"),
        ("서울", "서울에서"),
        ("桥梁", "桥梁"),
        ("สะพาน", "สะพาน"),
    ] {
        let page = support::found(&index, &["search", query, "--format", "json"]);
        let hit: serde_json::Value = serde_json::from_str(page.lines().next().expect("a line")).expect("JSON");
        let snippet = &hit["snippet"];
        let text = snippet["text"].as_str().expect("a passage");
        let mark =
            snippet["marks"].as_array().and_then(|marks| marks.first()).unwrap_or_else(|| panic!("{query}: {hit}"));
        let begin = |at: usize| mark[at].as_u64().expect("an offset") as usize;
        assert_eq!(&text[begin(0)..begin(1)], marked, "{query}");
    }
}
