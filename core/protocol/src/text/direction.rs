//! The direction of a language and of a text.

/// The direction in which a line of text runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// From left to right, such as English.
    #[default]
    LeftToRight,
    /// From right to left, such as Arabic.
    RightToLeft,
}

/// The scripts that run from right to left: ISO 15924 codes of the scripts with `Bidi_Class` R or AL.
const SCRIPTS: &str = "adlm arab aran armi avst chrs cprt elym gara hatr hebr hung khar lydi mand \
     mani mend merc mero narb nbat nkoo orkh ougr palm phli phlp phnx prti rohg samr sarb sidt sogd \
     sogo syrc thaa todr yezi";

/// The languages that are usually written in one of [`SCRIPTS`]: CLDR 48, `likelySubtags`.
const LANGUAGES: &str = "aao abh abv acm acq acw acx adf ae aeb aec aee aeq afb aib aii aij aiq ajp \
     ajt aju amw apc apd ar ara arb arc arq ars ary arz ask atn auj auz avd ave avl ayh ayl ayn ayp \
     azb bal bcc bdz bej bft bgn bgp bhe bhm bhn bjf bjm bqi brh brk bsh bsk chg cja ckb cld clh czk \
     dcc def deh dgl div dmk dml drw dv ecy esh fa fas fay faz fia fub gbz ggg gha ghr gig gjk gju \
     glh glk grr gwc gwf gwt gzi hac haz hbo he heb hkh hnd hno hoh hrt hrz hss huy isk itk iw jad \
     jat jbe jbn jdg ji jnd jog jpa jpr jrb jye kas kbu kby kcy kfm khw klj kmz kqd ks ktl kvx kxp \
     kzh lad lah lhs lki lrc lrk lrl lsa lsd lss luv luz mby mde mey mfa mfi mhj mid mki mnj mve mvy \
     myz mzb mzn nli nlm nqo ntz nyq oar obm odk oru ota otk oui pal pbt pbu per pes pgd phl phn phr \
     phv plk pmu pnb prc prd prs prx ps psh psi pst pus qxq rdb rhg rmt sam sbn scl sd sdb sdf sdg \
     sdh sds sgl sgr sgy shd shm shu shv siy siz skr smp smy snd sog sqo sqt srh srz ssh sts swb syc \
     syn syr tjo tks tmr tnf tov tra trg trm trw ug uig ur urd ush uzs vaf vgr vmh wbk wlo wne wni \
     wsv xco xhe xka xkc xkj xkp xld xly xmn xmr xna xpr xsa xsd xvi ydd ydg yhd yi yid yih yud zba \
     zdj zrp zum";

/// The languages that run the other way in these countries: CLDR 48, `likelySubtags`.
const REGIONS: &str = "az-iq az-ir aze-iq aze-ir azj-iq azj-ir ha-cm ha-sd hau-cm hau-sd kaz-af \
     kaz-cn kaz-ir kaz-mn kir-cn kk-af kk-cn kk-ir kk-mn kmr-iq kmr-ir kmr-lb ku-iq ku-ir ku-lb \
     kur-iq kur-ir kur-lb ky-cn may-cc mey-sn ms-cc msa-cc pa-pk pan-pk sd-in snd-in tg-pk tgk-pk \
     ug-kz ug-mn uig-kz uig-mn uz-af uzb-af uzn-af zsm-cc";

impl Direction {
    /// Returns the direction of a language by its tag (BCP 47): that of the script in the tag, or else
    /// of the script in which the language is usually written in that country.
    pub fn of_language(tag: &str) -> Self {
        let tag = tag.to_ascii_lowercase();
        // A single letter begins extensions, which say nothing about the script.
        let mut subtags = tag.split('-').take_while(|subtag| subtag.len() > 1);
        let language = subtags.next().unwrap_or_default();
        let is_letters = |subtag: &&str| subtag.bytes().all(|b| b.is_ascii_alphabetic());
        let (mut script, mut region) = (None, None);
        for subtag in subtags.filter(is_letters) {
            match subtag.len() {
                4 => script = script.or(Some(subtag)),
                2 => region = region.or(Some(subtag)),
                _ => {}
            }
        }
        let is_usual = || {
            let is_other =
                region.is_some_and(|region| lists(REGIONS, &format!("{language}-{region}")));
            lists(LANGUAGES, language) != is_other
        };
        if script.map_or_else(is_usual, |script| lists(SCRIPTS, script)) {
            Self::RightToLeft
        } else {
            Self::LeftToRight
        }
    }

    /// Returns the direction of a text of an unknown language: that of its first letter, as
    /// `dir="auto"` has it in HTML.
    pub fn of_text(text: &str) -> Self {
        let strong = text.chars().find(|c| c.is_alphabetic() || is_right_to_left(*c));
        if strong.is_some_and(is_right_to_left) { Self::RightToLeft } else { Self::LeftToRight }
    }

    /// The value of the HTML attribute `dir`.
    pub const fn as_html(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

fn lists(words: &str, searched: &str) -> bool {
    words.split(' ').any(|word| word == searched)
}

/// Returns `true` for letters and marks of a script that runs from right to left: the blocks that have
/// `Bidi_Class` R or AL by default (UAX #44, `DerivedBidiClass.txt`), without their digits.
pub(super) fn is_right_to_left(c: char) -> bool {
    !is_digit(c)
        && matches!(c,
            '\u{590}'..='\u{8ff}' | '\u{200f}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// Returns `true` for the digits of numbers: ASCII ones, and those of Arabic and of Persian.
pub(super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn direction_of_language_follows_its_script() {
        for tag in [
            "ar",
            "ar-SY",
            "ckb",
            "ckb-IQ",
            "fa",
            "fa-af",
            "he",
            "iw",
            "haz",
            "ku-Arab",
            "ku-IQ",
            "pa-Arab",
            "pa-PK",
            "pnb",
            "prs",
            "ps",
            "sd",
            "sd-Arab-IN",
            "sdh",
            "ug",
            "ur",
            "uz-Arab",
            "uz-AF",
            "yi",
            "dv",
            "rhg",
            "AZ-ARAB",
            "az-IR",
            "ks",
            "lrc",
            "nqo",
            "ff-Adlm",
            "bal",
            "tr-Arab",
            "en-Hebr",
        ] {
            assert_eq!(Direction::of_language(tag), Direction::RightToLeft, "{tag}");
        }
        for tag in [
            "en",
            "ku",
            "ku-Latn",
            "ku-TR",
            "kmr",
            "pa",
            "pa-IN",
            "uz",
            "az",
            "sd-Deva",
            "sd-IN",
            "ti",
            "am",
            "so",
            "bal-Latn",
            "ar-Latn",
            "ug-Cyrl",
            "ug-KZ",
            "tr",
            "rhg-Latn",
            "ks-Deva",
            "",
            "x-arab",
            "en-x-arab",
        ] {
            assert_eq!(Direction::of_language(tag), Direction::LeftToRight, "{tag}");
        }
    }

    #[test]
    fn direction_of_text_is_that_of_its_first_letter() {
        assert_eq!(Direction::of_text("020 7946 نور Jo"), Direction::RightToLeft);
        assert_eq!(Direction::of_text("\u{200f}Jo"), Direction::RightToLeft);
        assert_eq!(Direction::of_text("(Jo) نور"), Direction::LeftToRight);
        assert_eq!(Direction::of_text("020 7946"), Direction::LeftToRight);
    }
}
