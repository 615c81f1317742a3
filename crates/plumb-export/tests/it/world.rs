//! The accounts that the tests export.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use plumb_account::Account;
use plumb_core::case::Case;

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The account of the real case.
pub(crate) static REAL: LazyLock<Account> = LazyLock::new(|| {
    let reading = plumb_read::read(&plumb_read::Folder::from_disk(&root().join("cases/dprk-labour")));
    let account = Account::compile(reading.case, reading.diagnostics, None);
    assert!(account.case.claims.len() > 250, "the real case was read");
    account
});

/// The account of a case without anything in it.
pub(crate) fn empty() -> Account {
    Account::compile(Case::default(), Vec::new(), None)
}

/// The account of a case whose words try to break out of every format.
pub(crate) fn hostile() -> Account {
    let files = [
        (
            "case.toml",
            "[case]\nid = \"../x_y\"\ntitle = \"<script>\"\n\n[relations.owns]\nschema = \"Ownership\"\nverb = \"owns\"\n",
        ),
        (
            "measures.toml",
            "[workers]\nlabel = \"Workers\"\ndefinition = \"d\"\ngroup = \"people\"\nnature = \"stock\"\nunit = \"persons\"\n\
             population = \"all\"\nover_places = \"adds\"\nover_time = \"does not add\"\n\
             [revenue]\nlabel = \"Revenue\"\ndefinition = \"d\"\ngroup = \"money\"\nnature = \"flow\"\nunit = \"USD/year\"\n\
             population = \"all\"\nover_places = \"adds\"\nover_time = \"adds\"\n",
        ),
        (
            "sources.csv",
            "id,publisher,title,url\ns1,=cmd|' /C calc'!A1,\"a \"\"quoted\"\"\nline\",https://example.org/x\n",
        ),
        ("origins.csv", "id,name\no1,'; DROP TABLE claims; --\n"),
        (
            "claims.csv",
            "id,measure,place,period,qualifier,low,best,high,unit,said_by,origin,source,note\n\
             c1,workers,RU,2017,exact,,0.10,,persons,@who,o1,s1,-1\n\
             c2,revenue,RU,2017,range,1.000000000000000000000000001,,79228162514264337593543950335,USD/year,x,o1,s1,\u{202e}\u{0}x\n",
        ),
        (
            "actors.csv",
            "id,name,schema,country,lists,status,source\n\
             a_1,\"+A \"\"B\"\" <C>\",Company,KP,UN:1;UN:1,designated,s1\n\
             b,B,Person,ZZ,,reported,s1\n",
        ),
        (
            "links.csv",
            "id,from,relation,to,source\nl1,a_1,owns,b,s1\nl2,b,owns,a_1,s1\nl3,b,owns,b,s1\nl4,b,owns,group:all,s1\n",
        ),
    ];
    let reading = plumb_read::read(&files.into_iter().collect());
    let account = Account::compile(reading.case, reading.diagnostics, None);
    assert_eq!(account.case.claims.len(), 2, "{:#?}", account.diagnostics);
    account
}
