"""Names for invented children and those around them: common Khmer names, put together by chance, of nobody."""

from casemgr.records.child import Sex
from casemgr.records.contact import ContactRole, OrganisationCategory

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

DIRECTORY = (
    ("លឹម ចន្ទតារា", "Lim Chantara", Sex.FEMALE, ContactRole.LAWYER, "ជំនួយផ្នែកច្បាប់", OrganisationCategory.LEGAL_AID),
    ("ឈុន រតនា", "Chhun Rattana", Sex.MALE, ContactRole.LAWYER, "គណៈមេធាវី", OrganisationCategory.LAW_FIRM),
    ("ទេព បូរិន", "Tep Borin", Sex.MALE, ContactRole.SOCIAL_AGENT, "មន្ទីរសង្គមកិច្ចខេត្តសៀមរាប",
     OrganisationCategory.SOCIAL_AFFAIRS),
    ("ហេង សុភាព", "Heng Sopheap", Sex.FEMALE, ContactRole.SOCIAL_AGENT, "មន្ទីរសង្គមកិច្ចខេត្តសៀមរាប",
     OrganisationCategory.SOCIAL_AFFAIRS),
    ("កែវ វិបុល", "Keo Vibol", Sex.MALE, ContactRole.POLICE, "អធិការដ្ឋាននគរបាលក្រុងសៀមរាប", OrganisationCategory.POLICE),
    ("សេង វិចិត្រ", "Seng Vichet", Sex.MALE, ContactRole.PROSECUTOR, "អយ្យការអមសាលាដំបូងខេត្តសៀមរាប",
     OrganisationCategory.PROSECUTION),
    ("មាស សុវណ្ណ", "Meas Sovann", Sex.MALE, ContactRole.JUDGE, "សាលាដំបូងខេត្តសៀមរាប", OrganisationCategory.COURT),
    ("រស់ សុធារី", "Ros Sotheary", Sex.FEMALE, ContactRole.PRISON_OFFICER, "ពន្ធនាគារខេត្តសៀមរាប",
     OrganisationCategory.PRISON),
    ("សាន ពិសី", "San Pisey", Sex.FEMALE, ContactRole.VILLAGE_CHIEF, "ភូមិវត្តបូព៌", OrganisationCategory.LOCAL_AUTHORITY),
    ("យិន ចំរើន", "Yin Chamroeun", Sex.MALE, ContactRole.COMMUNE_CHIEF, "សង្កាត់សាលាកំរើក",
     OrganisationCategory.LOCAL_AUTHORITY),
    ("សេង វណ្ណ", "Seng Vann", Sex.MALE, ContactRole.TEACHER, "វិទ្យាល័យអង្គរ", OrganisationCategory.SCHOOL),
    ("នួន កល្យាណ", "Nuon Kalyan", Sex.FEMALE, ContactRole.HEALTH_WORKER, "មណ្ឌលសុខភាពសាលាកំរើក",
     OrganisationCategory.HEALTH),
)  # fmt: skip
"""Whom the office works with: names in both scripts, sex, function, organisation and its kind."""
