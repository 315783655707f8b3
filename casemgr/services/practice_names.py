"""Names and words for invented children: common Khmer names, put together by chance, of nobody in particular."""

from casemgr.records.case import OffenceCategory

FAMILY = (
    ("សុខ", "Sok"), ("ចាន់", "Chan"), ("គឹម", "Kim"), ("ហេង", "Heng"), ("លី", "Ly"), ("នួន", "Nuon"), ("ប៉ែន", "Pen"),
    ("អ៊ុំ", "Um"), ("ម៉ៅ", "Mao"), ("សាន", "San"), ("ឈឹម", "Chhim"), ("ទេព", "Tep"), ("កែវ", "Keo"), ("យិន", "Yin"),
    ("រស់", "Ros"), ("សេង", "Seng"), ("ប្រាក់", "Prak"), ("ឌួង", "Duong"), ("វ៉ាន់", "Van"), ("មាស", "Meas"),
    ("អ៊ុក", "Uk"), ("ឡុង", "Long"), ("ជា", "Chea"), ("នុត", "Nuth"), ("ឃុន", "Khun"), ("ភឿន", "Phoeun"), ("ស៊ុន", "Sun"),
    ("ឈុន", "Chhun"), ("អឿន", "Oeun"), ("ថោង", "Thong"),
)  # fmt: skip
MALE = (
    ("ដារ៉ា", "Dara"), ("វិសាល", "Visal"), ("ពិសិដ្ឋ", "Piseth"), ("រតនៈ", "Ratanak"), ("វណ្ណា", "Vanna"),
    ("ចាន់ថា", "Chantha"), ("សុវណ្ណ", "Sovann"), ("ធារ៉ា", "Theara"), ("មករា", "Makara"), ("វាសនា", "Veasna"),
    ("បូរ៉ា", "Bora"), ("សំណាង", "Samnang"), ("កុសល", "Kosal"), ("ភិរុណ", "Phirun"), ("រិទ្ធី", "Rithy"),
    ("វិចិត្រ", "Vichet"), ("សុជាតិ", "Socheat"), ("ណារិទ្ធ", "Narith"), ("ម៉េងហួរ", "Menghour"), ("សុភ័ក្ត្រ", "Sopheak"),
)  # fmt: skip
FEMALE = (
    ("ស្រីមុំ", "Sreymom"), ("ស្រីនាង", "Sreyneang"), ("បុប្ផា", "Bopha"), ("សុភា", "Sophea"), ("ចន្ធូ", "Chanthou"),
    ("រស្មី", "Reaksmey"), ("ស្រីពៅ", "Sreypov"), ("ម៉ាលី", "Maly"), ("កល្យាណ", "Kalyan"), ("ដាវី", "Davy"),
    ("និមល", "Nimol"), ("សុធា", "Sothea"), ("វត្តី", "Vattey"), ("ចន្ទបូរមី", "Chanborami"),
)  # fmt: skip
NICKNAMES = ("ពៅ", "តូច", "អាវ", "ខ្លា", "មុំ", "ធំ", "រ៉ា", "នាង")
VILLAGES = (
    "17010505", "17020306", "17030601", "17040813", "17060406", "17070103", "17090402", "17100802", "17110702",
    "17120502", "17130106", "17140202", "17100301",
)  # fmt: skip
STORIES = {
    OffenceCategory.THEFT: "ត្រូវបានចោទថា លួចទូរស័ព្ទដៃមួយគ្រឿងពីតូបលក់ទំនិញ។",
    OffenceCategory.THEFT_AGGRAVATED: "ត្រូវបានចោទថា គាស់ទ្វារផ្ទះ ហើយលួចម៉ាស៊ីនបូមទឹកមួយ។",
    OffenceCategory.VIOLENCE: "ត្រូវបានចោទថា វាយមិត្តរួមថ្នាក់ម្នាក់ ក្រោយពេលឈ្លោះគ្នានៅលើបណ្តាញសង្គម។",
    OffenceCategory.DRUG_USE: "ត្រូវបានចោទថា ប្រើប្រាស់គ្រឿងញៀនជាមួយមិត្តភក្តិ។",
    OffenceCategory.DRUG_POSSESSION: "ត្រូវបានចោទថា រក្សាទុកគ្រឿងញៀនមួយកញ្ចប់តូច។",
    OffenceCategory.DAMAGE: "ត្រូវបានចោទថា គប់បំបែកកញ្ចក់រថយន្តដែលចតនៅមុខផ្សារ។",
    OffenceCategory.RECEIVING: "ត្រូវបានចោទថា ទិញកង់ដែលគេលួចមក។",
    OffenceCategory.VIOLENCE_MINOR: "ត្រូវបានចោទថា រុញច្រានអ្នកជិតខាងម្នាក់ ដោយគ្មានរបួស។",
}
"""What is alleged, one short account for each kind of offence."""
