//! The answer to a pair as JSON. Names of fields are copied as they are, and a text is looked through for what must be escaped in one go: it takes
//! less than half the time of a serialiser that looks at each letter, which took as long as the comparison itself.

use std::io;

use plumb_screen::score::{Feature, PieceEvidence, Score};
use serde::Serialize;

use super::compare::Answer;
use crate::pairs::RowError;

/// Writes an answer.
pub(super) fn write(answer: &Answer<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    let mut json = Json(out);
    json.value("{\"row\":", answer.row)?;
    json.value(",\"line\":", answer.line)?;
    json.text(",\"schema\":", answer.schema)?;
    json.text(",\"name1\":", answer.name1)?;
    json.text(",\"name2\":", answer.name2)?;
    let scored = answer.result.as_ref().ok().map(|(score, _)| score);
    json.value(",\"score\":", scored.map(|score| score.score))?;
    json.value(",\"match\":", scored.map(|score| answer.is_match(score)))?;
    json.value(",\"probability\":", scored.map(|score| score.probability))?;
    match &answer.result {
        Ok((score, notes)) => {
            json.explanation(score)?;
            if !notes.is_empty() {
                json.value(",\"notes\":", notes)?;
            }
        }
        Err(error) => json.error(answer.line, error)?,
    }
    json.raw("}");
    Ok(())
}

struct Json<'o>(&'o mut Vec<u8>);

impl Json<'_> {
    fn raw(&mut self, text: &str) {
        self.0.extend_from_slice(text.as_bytes());
    }

    /// A value behind what stands before it.
    fn value(&mut self, before: &str, value: impl Serialize) -> io::Result<()> {
        self.raw(before);
        Ok(serde_json::to_writer(&mut *self.0, &value)?)
    }

    /// The same of a text.
    fn text(&mut self, before: &str, text: &str) -> io::Result<()> {
        let must_be_escaped = |byte: u8| byte < b' ' || byte == b'"' || byte == b'\\';
        // without an early end, so that many bytes are looked at together
        if text.bytes().fold(false, |found, byte| found | must_be_escaped(byte)) {
            return self.value(before, text);
        }
        self.raw(before);
        self.raw("\"");
        self.raw(text);
        self.raw("\"");
        Ok(())
    }

    fn maybe(&mut self, before: &str, text: Option<&str>) -> io::Result<()> {
        match text {
            Some(text) => self.text(before, text),
            None => self.value(before, ()),
        }
    }

    fn explanation(&mut self, score: &Score) -> io::Result<()> {
        self.value(",\"explanation\":{\"bits\":", score.bits)?;
        self.raw(",\"features\":[");
        for (place, feature) in score.features.iter().enumerate() {
            self.feature(if place == 0 { "{\"feature\":" } else { ",{\"feature\":" }, feature)?;
        }
        self.raw("]}");
        Ok(())
    }

    fn feature(&mut self, before: &str, feature: &Feature) -> io::Result<()> {
        self.text(before, feature.feature)?;
        self.text(",\"level\":", feature.level)?;
        self.value(",\"bits\":", feature.bits)?;
        self.text(",\"query\":", &feature.query)?;
        self.text(",\"candidate\":", &feature.candidate)?;
        self.raw(",\"pieces\":[");
        for (place, piece) in feature.pieces.iter().enumerate() {
            self.piece(if place == 0 { "{\"query\":" } else { ",{\"query\":" }, piece)?;
        }
        self.maybe("],\"why_not\":", feature.why_not.as_deref())?;
        self.raw("}");
        Ok(())
    }

    fn piece(&mut self, before: &str, piece: &PieceEvidence) -> io::Result<()> {
        self.maybe(before, piece.query.as_deref())?;
        self.maybe(",\"candidate\":", piece.candidate.as_deref())?;
        self.text(",\"level\":", piece.level)?;
        self.text(",\"rule\":", piece.rule)?;
        self.text(",\"role\":", piece.role)?;
        self.value(",\"bits\":", piece.bits)?;
        self.raw("}");
        Ok(())
    }

    fn error(&mut self, line: u64, error: &RowError) -> io::Result<()> {
        self.value(",\"error\":{\"line\":", line)?;
        self.maybe(",\"column\":", error.column)?;
        self.text(",\"message\":", &error.message)?;
        self.raw("}");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use plumb_names::Scratch;
    use plumb_screen::score::{Profile, Scorer};
    use serde_json::{Value, json};

    use super::*;

    fn written(answer: &Answer<'_>) -> Value {
        let mut out = Vec::new();
        write(answer, &mut out).unwrap();
        serde_json::from_slice(&out).unwrap()
    }

    #[test]
    fn an_answer_says_what_its_score_says() {
        let schema = plumb_core::ftm::schema("Person").unwrap();
        let profile = |name: &str| {
            Profile::new(schema, &[("name", &[name.to_owned()][..]), ("birthDate", &["1961".to_owned()][..])])
        };
        let [name1, name2] = ["KIM \"Chol\" Nam\u{1}\\", "Ким Чхоль"];
        let scorer = Scorer::built_in().unwrap();
        let score = scorer.explain(&profile(name1), &profile(name2), &mut Scratch::default());
        let features: Value = serde_json::from_str(&serde_json::to_string(&score.features).unwrap()).unwrap();
        // as they are read back: reading a number may change its last digit
        let again = |number: f64| serde_json::from_str::<Value>(&serde_json::to_string(&number).unwrap()).unwrap();
        let [bits, value, probability] = [score.bits, score.score, score.probability].map(again);
        let result = Ok((score, vec!["a \"note\"".to_owned()]));
        let answer = Answer { row: 1, line: 2, schema: "Person", name1, name2, threshold: 0.0, result };
        assert_eq!(
            written(&answer),
            json!({
                "row": 1, "line": 2, "schema": "Person", "name1": name1, "name2": name2, "score": value, "match": true,
                "probability": probability, "explanation": {"bits": bits, "features": features}, "notes": ["a \"note\""],
            })
        );
    }

    #[test]
    fn what_is_no_pair_says_why() {
        let result = Err(RowError { column: Some("schema"), message: "the schema is \"x\"".to_owned() });
        let answer = Answer { row: 3, line: 4, schema: "", name1: "A", name2: "B", threshold: 0.7, result };
        assert_eq!(
            written(&answer),
            json!({
                "row": 3, "line": 4, "schema": "", "name1": "A", "name2": "B", "score": null, "match": null, "probability": null,
                "error": {"line": 4, "column": "schema", "message": "the schema is \"x\""},
            })
        );
    }
}
