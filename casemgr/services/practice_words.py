"""Words for the cases of invented children: what is alleged, and what is said where the samples tell another story."""

from typing import NamedTuple

from casemgr.records.case import OffenceCategory
from casemgr.records.pathway.court_answers import DecisionMade, JudgmentResult


class Account(NamedTuple):
    """What is told of one kind of offence. loss: what the victim lost and its worth in riel, None without a victim."""

    alleged: str
    reason: str
    loss: tuple[str, int] | None


ACCOUNTS = {
    OffenceCategory.THEFT: Account(
        "ត្រូវបានចោទថា លួចទូរស័ព្ទដៃមួយគ្រឿងពីតូបលក់ទំនិញ។", "សង្ស័យថាលួចទូរស័ព្ទដៃ", ("ទូរស័ព្ទដៃមួយគ្រឿង", 600_000)
    ),
    OffenceCategory.THEFT_AGGRAVATED: Account(
        "ត្រូវបានចោទថា គាស់ទ្វារផ្ទះ ហើយលួចម៉ាស៊ីនបូមទឹកមួយ។", "សង្ស័យថាលួចម៉ាស៊ីនបូមទឹក", ("ម៉ាស៊ីនបូមទឹកមួយ", 900_000)
    ),
    OffenceCategory.VIOLENCE: Account(
        "ត្រូវបានចោទថា វាយមិត្តរួមថ្នាក់ម្នាក់ ក្រោយពេលឈ្លោះគ្នានៅលើបណ្តាញសង្គម។", "សង្ស័យថាវាយមិត្តរួមថ្នាក់",
        ("ថ្លៃព្យាបាល", 160_000),
    ),
    OffenceCategory.DRUG_USE: Account("ត្រូវបានចោទថា ប្រើប្រាស់គ្រឿងញៀនជាមួយមិត្តភក្តិ។", "សង្ស័យថាប្រើប្រាស់គ្រឿងញៀន", None),
    OffenceCategory.DRUG_POSSESSION: Account(
        "ត្រូវបានចោទថា រក្សាទុកគ្រឿងញៀនមួយកញ្ចប់តូច។", "សង្ស័យថារក្សាទុកគ្រឿងញៀន", None
    ),
    OffenceCategory.DAMAGE: Account(
        "ត្រូវបានចោទថា គប់បំបែកកញ្ចក់រថយន្តដែលចតនៅមុខផ្សារ។", "សង្ស័យថាបំបែកកញ្ចក់រថយន្ត", ("កញ្ចក់រថយន្តមួយ", 400_000)
    ),
    OffenceCategory.DAMAGE_MINOR: Account("ត្រូវបានចោទថា ធ្វើឱ្យខូចរបងផ្ទះគេ។", "សង្ស័យថាធ្វើឱ្យខូចរបង", ("របងផ្ទះ", 60_000)),
    OffenceCategory.RECEIVING: Account("ត្រូវបានចោទថា ទិញកង់ដែលគេលួចមក។", "សង្ស័យថាទិញកង់ដែលគេលួចមក", ("កង់មួយ", 240_000)),
    OffenceCategory.VIOLENCE_MINOR: Account(
        "ត្រូវបានចោទថា រុញច្រានអ្នកជិតខាងម្នាក់ ដោយគ្មានរបួស។", "សង្ស័យថារុញច្រានអ្នកជិតខាង", ("គ្មានរបួស", 0)
    ),
}  # fmt: skip
"""What is alleged, and what the police say, for each kind of offence."""

DECISION_REASONS = {
    DecisionMade.DROPPED: "ភស្តុតាងមិនគ្រប់គ្រាន់ ហើយបទល្មើសស្រាល។",
    DecisionMade.DIVERSION: "បទល្មើសស្រាល កុមារទទួលស្គាល់ដោយស្ម័គ្រចិត្ត ហើយមានគ្រួសារគាំទ្រ។",
    DecisionMade.TO_INVESTIGATION: "ត្រូវការការស៊ើបសួរបន្ថែម។",
    DecisionMade.TO_TRIAL: "មានភស្តុតាងគ្រប់គ្រាន់សម្រាប់ការជំនុំជម្រះ។",
    DecisionMade.DETAINED: "ចៅក្រមយល់ថា កុមារអាចទៅជួបអ្នកពាក់ព័ន្ធផ្សេងទៀត។",
    DecisionMade.SUPERVISED: "កុមារមានទីលំនៅច្បាស់លាស់ ហើយម្ដាយធានា។",
    DecisionMade.EXTENDED: "ការស៊ើបសួរមិនទាន់ចប់។",
}
JUDGMENT_REASONS = {
    JudgmentResult.MEASURES: "កុមារប្រព្រឹត្តជាលើកដំបូង ហើយមានម្ដាយមើលខុសត្រូវ។",
    JudgmentResult.CONVICTED: "មានភស្តុតាងច្បាស់លាស់ ហើយតុលាការយល់ថា វិធានការមិនគ្រប់គ្រាន់។",
    JudgmentResult.ACQUITTED: "ភស្តុតាងមិនគ្រប់គ្រាន់។",
}

PROSECUTION = "អយ្យការអមសាលាដំបូងខេត្តសៀមរាប"
COURT = "សាលាដំបូងខេត្តសៀមរាប"
PROSECUTOR = "ព្រះរាជអាជ្ញារង សេង វិចិត្រ"
INVESTIGATING_JUDGE = "ចៅក្រម ប៉ែន ណារិទ្ធ"
TRIAL_JUDGE = "ចៅក្រម មាស សុវណ្ណ"
PRISON = "ពន្ធនាគារខេត្តសៀមរាប"
YOUTH_CENTRE = "មណ្ឌលយុវនីតិសម្បទា"
MOTHER = "ម្ដាយ"

POST = "ប៉ុស្តិ៍នគរបាលរដ្ឋបាល{place}"
TOWN_POLICE = "អធិការដ្ឋាននគរបាលក្រុងសៀមរាប"
DISTRICT_POLICE = "អធិការដ្ឋាននគរបាលស្រុក{place}"

OTHER_SPELLING = "ក្នុងកំណត់ហេតុនគរបាល ឈ្មោះកុមារសរសេរជា {name}។"

EVIDENCE = "កំណត់ហេតុនគរបាល និងចម្លើយរបស់សាក្សីម្នាក់។"
HEARING_RESULT = "តុលាការបានស្ដាប់កុមារ ហើយប្រកាសសាលក្រមនៅពេលក្រោយ។"
POSTPONED_REMARK = "នឹងធ្វើនៅពេលក្រោយ"

FEELING = "កុមារមានវិប្បដិសារី ហើយចង់សុំទោស។"
PARENTS_ACTION = "ម្ដាយបានដាស់តឿនកូន ហើយព្រមមើលខុសត្រូវ។"
VICTIM_ATTITUDE = "មិនចង់ឱ្យកុមារជាប់ពន្ធនាគារទេ។"
REPAIR = "ម្ដាយព្រមសងការខូចខាតបន្តិចម្តងៗ។"
FIRST_TIME = "បទល្មើសលើកដំបូង ហើយកុមារចង់សុំទោស"

GONE_HOME = "បានជួបកុមារ និងម្ដាយនៅផ្ទះ។ កុមារយល់ថា បានធ្វើខុស ហើយនឹងទៅរៀនវិញ។"
CALLED_ABOUT_PRISON = "បានទូរស័ព្ទទៅម្ដាយ អំពីថ្ងៃសួរសុខទុក្ខនៅពន្ធនាគារ។"
LOOK_AGAIN_THERE = "សួរថាម្ដាយបានទៅសួរសុខទុក្ខឬនៅ"
CALLED = "បានទូរស័ព្ទទៅម្ដាយ។ កុមារនៅផ្ទះ ហើយជួយការងារគ្រួសារ។"
VISITED = "បានជួបកុមារដោយផ្ទាល់។ កុមារនិយាយថា គេងលក់ជាងមុន។"
LOOK_AGAIN = "សួរថាកុមារបានទៅរៀនឬនៅ"
MEETING = "បានពិនិត្យករណីរួមគ្នា។ ម្នាក់ៗរាយការណ៍អំពីការងារដែលបានធ្វើ និងអ្វីដែលនៅសល់។"

NOT_REACHED = "ទូរស័ព្ទមិនចូល ហើយគ្មាននរណានៅផ្ទះ។"
LOST = "មេភូមិនិងសាច់ញាតិមិនដឹងថា កុមារនៅឯណាទេ។"
MOVED = "កុមារទៅធ្វើការនៅភ្នំពេញជាមួយបងប្អូន។"
ABROAD = "កុមារទៅធ្វើការនៅប្រទេសថៃជាមួយឪពុក។"
ABROAD_WHERE = "ប្រទេសថៃ"
AGAIN = "កុមារត្រូវបាននគរបាលហៅម្តងទៀត។"
FARES_WELL = "កុមារសុខសប្បាយ ហើយរស់នៅជាមួយគ្រួសារ។"
IN_CUSTODY = "បានជួបកុមារនៅពន្ធនាគារ។"

CHILD_HAD_HELP = "កុមារបានប្រាប់រឿងដោយសុវត្ថិភាព ហើយទទួលបានការប្រឹក្សា។"
STAYED_HOME = "កុមារនៅជាមួយគ្រួសារ ហើយគ្មានការពាក់ព័ន្ធថ្មីនឹងច្បាប់។"
OUT_OF_REACH = "មិនអាចជួបកុមារទៀតបានទេ។"
COUNSELLING = "សុំការប្រឹក្សាផ្លូវចិត្តសម្រាប់កុមារ។"
TRAINING = "សុំឱ្យកុមារចូលរៀនជំនាញជួសជុលម៉ូតូ។"
TRAINING_CENTRE = "មជ្ឈមណ្ឌលបណ្ដុះបណ្ដាលវិជ្ជាជីវៈខេត្ត"
HEALTH_CENTRE = "មណ្ឌលសុខភាពសាលាកំរើក"
COMPLAINT = "កុមារប្រាប់ថា មានបញ្ហានៅពេលសាកសួរ ហើយភ័យ។"
