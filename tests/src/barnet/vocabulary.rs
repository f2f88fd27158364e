//! The words and sentence frames that the workload is made of.

/// Nouns. (The order of the words is shuffled; the first after that are the most frequent.)
pub(super) const NOUNS: &str = "\
     home house flat tenancy room landlord rent deposit bond council service team worker \
     adviser personal adviser mentor advocate visitor carer family friend sibling partner \
     parent child baby health doctor dentist nurse therapist counsellor clinic surgery school \
     college university course apprenticeship traineeship placement job career wage interview \
     application form letter meeting review plan pathway panel budget money savings account \
     bank card benefit grant allowance bursary payment passport licence certificate record file \
     birthday festival celebration holiday gift meal kitchen cooking laundry furniture cooker \
     fridge bed carpet key lock address neighbour neighbourhood borough library park gym pool \
     club group choir band studio theatre museum market shop station bus train journey travel \
     pass ticket phone laptop internet website message email text call number question answer \
     worry problem complaint compliment promise pledge offer right entitlement duty law \
     decision choice voice opinion idea feedback survey change difference support help advice \
     guidance information training skill confidence independence future goal ambition dream \
     step start end year month week day evening weekend morning summer winter season time hour \
     minute emergency crisis night safety risk trust respect culture faith identity language \
     history memory story photograph book page leaflet guide list checklist calendar diary \
     notice deadline date age adulthood childhood care leaver young person people community \
     charity volunteer employer manager director councillor member officer department office \
     centre hub desk door street road garden bicycle sport football tennis swimming dance music \
     art drama film photography coding design engineering plumbing carpentry painting \
     hairdressing catering hospitality retail nursing teaching law accounting science maths \
     english driving lesson theory test exam result grade qualification diploma degree loan fee \
     cost price bill energy gas electricity water meter tax discount exemption credit debt loan \
     insurance contract agreement signature identity proof document insurance-number birth \
     appeal hearing solicitor court police custody probation asylum status visa embassy \
     interpreter";

/// Verbs.
pub(super) const VERBS: &str = "\
     make give offer keep find meet call visit help support listen explain write send check \
     review agree share build plan pay cover fund arrange book provide protect respect \
     celebrate remember ask answer tell show teach train guide introduce connect invite welcome \
     encourage challenge change improve record store return repair replace clean move settle \
     stay leave join start finish attend travel apply choose decide discuss prepare follow \
     update confirm organise deliver promise guarantee consider include involve advise \
     represent negotiate resolve respond refer assess monitor secure save spend borrow lend \
     manage";

/// Adjectives.
pub(super) const ADJECTIVES: &str = "\
     safe warm affordable suitable permanent temporary local free private personal friendly \
     honest clear simple quick regular monthly weekly yearly early late new old first last next \
     extra full part-time flexible reliable trusted trained qualified experienced kind patient \
     confident independent ready able happy healthy active creative practical financial \
     emotional legal digital social cultural religious important urgent serious small large \
     good better best right fair equal different special additional available eligible entitled \
     named dedicated specialist independent secure furnished shared supported semi-independent \
     confidential realistic";

/// Adverbs.
pub(super) const ADVERBS: &str = "\
     always usually often sometimes quickly carefully regularly directly together separately \
     immediately eventually openly honestly privately safely properly fully partly clearly \
     early online nearby locally wherever";

/// First names.
pub(super) const FIRST_NAMES: &str = "\
     Amina Joseph Grace Daniel Fatima Marcus Leila Tom Priya Kofi Sarah Owen Zainab Liam Hannah \
     Yusuf Claire Dwayne Mei Ruth Adam Sofia Ibrahim Naomi Callum Esther Rafael Jade Patrick \
     Nadia Theo Bilal Megan Kwame Alice Samir Holly Victor Chloe Mehmet Rosa Dean Anita Felix \
     Kemi Laura Idris Beth Simon Farah";

/// Surnames.
pub(super) const SURNAMES: &str = "\
     Ahmed Baker Chen Davies Evans Fraser Green Hussain Ivanov Jones Khan Lewis Mensah Nowak \
     Okafor Patel Quinn Roberts Singh Taylor Umar Vasquez Walker Xu Young Zaman Adeyemi Brown \
     Clarke Doyle Edwards Flynn Gill Hughes Iqbal Jackson Kelly Lopez Morris Newton Osei Price \
     Reid Shah Turner Wilson Wright Bennett Cole Mahmood";

/// Where opportunities are.
pub(super) const AREAS: [&str; 18] = [
    "Hendon Finchley Edgware Golders Green",
    "East Barnet",
    "High Barnet",
    "Mill Hill",
    "Colindale",
    "Burnt Oak",
    "Cricklewood",
    "Whetstone",
    "Totteridge",
    "Friern Barnet",
    "Childs Hill",
    "Brent Cross",
    "Online",
    "Camden",
    "Haringey",
    "Enfield",
    "Brent",
    "Central London",
];

/// The sections of the promise.
pub(super) const SECTIONS: [&str; 8] = [
    "Your rights and your voice",
    "A place to call home",
    "Education and learning",
    "Work and training",
    "Money and entitlements",
    "Health and wellbeing",
    "People who are there for you",
    "Identity, documents and memories",
];

/// Kinds of opportunity.
pub(super) const KINDS: [&str; 10] = [
    "apprenticeship",
    "job",
    "course",
    "volunteering",
    "event",
    "grant",
    "discount",
    "mentoring",
    "housing",
    "wellbeing",
];

/// Who offers opportunities.
pub(super) const PROVIDERS: [&str; 18] = [
    "Barnet Council",
    "Hendon Works",
    "Finchley College",
    "Northway Housing",
    "Brightpath Trust",
    "Open Door Theatre",
    "Thames Skills",
    "Middlesex Futures",
    "Step Forward",
    "Parkside Leisure",
    "Nova Retail",
    "City Kitchens",
    "Greenline Rail",
    "Harbour Health",
    "Maple Books",
    "Union Builders",
    "Cedar Care",
    "Compass Law",
];

/// The roles of staff.
pub(super) const ROLES: [&str; 12] = [
    "Personal adviser",
    "Team manager",
    "Key worker",
    "Housing officer",
    "Virtual school lead",
    "Mental health nurse",
    "Independent advocate",
    "Employment coach",
    "Benefits adviser",
    "Out of hours duty team",
    "Participation officer",
    "Looked after children nurse",
];

/// The teams of staff.
pub(super) const TEAMS: [&str; 8] = [
    "Onwards and Upwards",
    "Leaving Care",
    "Housing Options",
    "Virtual School",
    "Barnet CAMHS",
    "Corporate Parenting",
    "Duty and Assessment",
    "BOOST Employment",
];

/// Whole sentences. `N`, `V`, `A` and `D` stand for words, `num` for a number.
pub(super) const FRAMES: [&str; 20] = [
    "We will V your N and V the A N before your N V s it.",
    "You can V a A N with your N, and we will D V it.",
    "If you V the N, your N will V you within num N s.",
    "Your N will D V you about N, N and the A N.",
    "We V every A N so that you V a A N when you V your N.",
    "No one should V a N without a A N to V them.",
    "When you turn num we will V a A N for your N and your N.",
    "We D V the N of N each N, and V what we V.",
    "Ask your N for the A N; it can V up to num pounds of N.",
    "You have the right to V your N, and to V a N in A N.",
    "We know that N is A, so we V a N who can V with you for num N s.",
    "Until you are num, our N will V the N and your A N.",
    "We promise to V A N and D V the N.",
    "It is your N: you V the N, we V the N, and together we V the N.",
    "A N from the N will V you at your N or by N, whichever is A.",
    "If the N is not A, tell us D and a N will V it in num days.",
    "Every N we V a N about N and N, led by A N from your N.",
    "Where you V N, we D V the N, the N and half the N.",
    "This means a A N, a A N and someone to V when N is A.",
    "You do not have to V N alone; V the N or V your A N.",
];

/// Clauses.
pub(super) const CLAUSES: [&str; 20] = [
    "we V the A N",
    "you can V your N",
    "your N will D V it",
    "a A N is A",
    "they V A N",
    "someone from the N will V",
    "the N and the N must V",
    "it may V D",
    "no N is too A",
    "you D V a N or a N",
    "our N V more than num N s",
    "young people V N",
    "this N can V your A N",
    "everyone should V N",
    "the A A N stays A",
    "N costs num pounds",
    "you and your N V the N",
    "there is A N",
    "another N might V",
    "staff V you D",
];

/// Conjunctions that join two clauses.
pub(super) const JOINTS: [&str; 15] = [
    " and ",
    " but ",
    " so ",
    " because ",
    " when ",
    " if ",
    " while ",
    " before ",
    "; ",
    ", and then ",
    " unless ",
    " even though ",
    " after ",
    " until ",
    " so that ",
];

/// Openings of sentences.
pub(super) const OPENINGS: [&str; 15] = [
    "",
    "",
    "",
    "",
    "At your N, ",
    "For num N s, ",
    "With your N, ",
    "From num, ",
    "In A N, ",
    "D, ",
    "Through the N, ",
    "During N, ",
    "Without N, ",
    "As a A N, ",
    "Near the N, ",
];

/// Values of `num`.
pub(super) const NUMBERS: [u32; 20] =
    [2, 3, 5, 7, 10, 14, 16, 18, 20, 21, 25, 28, 40, 50, 75, 100, 150, 250, 500, 2000];
