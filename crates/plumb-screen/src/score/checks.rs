//! Check digits of identifiers, as their issuers define them.

/// A scheme of identifiers that carries its own check, or at least a shape of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    /// Russian taxpayer number, 10 or 12 digits (Order of the Federal Tax Service ММВ-7-6/435, annex).
    Inn,
    /// Russian state registration number, 13 or 15 digits (Order of the Ministry of Finance 165n).
    Ogrn,
    /// Legal entity identifier, 20 characters (ISO 17442; check by ISO 7064 MOD 97-10).
    Lei,
    /// Ship identification number of the International Maritime Organization, 7 digits (resolution A.1117(30)).
    Imo,
    /// International securities identification number, 12 characters (ISO 6166).
    Isin,
    /// Business identifier code, 8 or 11 characters (ISO 9362). Has no check digit.
    Bic,
    /// International bank account number (ISO 13616; check by ISO 7064 MOD 97-10).
    Iban,
    /// Unified social credit code of China, 18 characters (GB 32100-2015).
    Uscc,
    /// Maritime mobile service identity, 9 digits. Has no check digit.
    Mmsi,
}

impl Scheme {
    /// All of them.
    pub const ALL: [Self; 9] =
        [Self::Inn, Self::Ogrn, Self::Lei, Self::Imo, Self::Isin, Self::Bic, Self::Iban, Self::Uscc, Self::Mmsi];

    /// The scheme of a FollowTheMoney property, by the format that it states or by its name.
    pub fn of_property(name: &str, format: Option<&str>) -> Option<Self> {
        match format.unwrap_or(name) {
            "inn" => Some(Self::Inn),
            "ogrn" => Some(Self::Ogrn),
            "lei" => Some(Self::Lei),
            "imo" => Some(Self::Imo),
            "isin" | "isinCode" => Some(Self::Isin),
            "bic" => Some(Self::Bic),
            "iban" => Some(Self::Iban),
            "uscc" => Some(Self::Uscc),
            "mmsi" => Some(Self::Mmsi),
            _ => None,
        }
    }

    /// Its name in explanations.
    pub fn name(self) -> &'static str {
        match self {
            Self::Inn => "INN",
            Self::Ogrn => "OGRN",
            Self::Lei => "LEI",
            Self::Imo => "IMO",
            Self::Isin => "ISIN",
            Self::Bic => "BIC",
            Self::Iban => "IBAN",
            Self::Uscc => "USCC",
            Self::Mmsi => "MMSI",
        }
    }

    /// Whether the value, in capitals without blanks, has the scheme's shape and passes its check.
    pub fn is_valid(self, value: &str) -> bool {
        if !value.is_ascii() {
            return false;
        }
        let bytes = value.as_bytes();
        let digits: Option<Vec<u32>> = bytes.iter().map(|byte| char::from(*byte).to_digit(10)).collect();
        match (self, digits) {
            (Self::Inn, Some(digits)) => inn(&digits),
            (Self::Ogrn, Some(digits)) => ogrn(&digits),
            (Self::Imo, Some(digits)) => imo(&digits),
            (Self::Mmsi, Some(digits)) => digits.len() == 9 && digits.first().is_some_and(|first| *first != 0),
            (Self::Lei, _) => bytes.len() == 20 && mod_97(bytes.iter()),
            (Self::Iban, _) => {
                let (country, rest) = value.split_at(value.len().min(4));
                (15..=34).contains(&bytes.len())
                    && country.bytes().take(2).all(|byte| byte.is_ascii_uppercase())
                    && mod_97(rest.as_bytes().iter().chain(country.as_bytes()))
            }
            (Self::Isin, _) => isin(bytes),
            (Self::Bic, _) => bic(bytes),
            (Self::Uscc, _) => uscc(bytes),
            _ => false,
        }
    }
}

/// The sum of digits times weights, over as many as there are weights.
fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

fn inn(digits: &[u32]) -> bool {
    // one list serves all three sums: the check of n digits uses its last n - 1 weights
    const WEIGHTS: [u32; 11] = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
    let holds = |length: usize| {
        let weights = WEIGHTS.get(WEIGHTS.len() + 1 - length..).unwrap_or(&[]);
        digits.get(length - 1) == Some(&(weighted(digits, weights) % 11 % 10))
    };
    digits.iter().any(|digit| *digit != 0)
        && match digits.len() {
            10 => holds(10),
            12 => holds(11) && holds(12),
            _ => false,
        }
}

fn ogrn(digits: &[u32]) -> bool {
    let modulus = match digits.len() {
        13 => 11,
        15 => 13,
        _ => return false,
    };
    let Some((check, rest)) = digits.split_last() else { return false };
    let remainder = rest.iter().fold(0, |remainder, digit| (remainder * 10 + digit) % modulus);
    rest.iter().any(|digit| *digit != 0) && remainder % 10 == *check
}

fn imo(digits: &[u32]) -> bool {
    digits.len() == 7
        && digits.first().is_some_and(|first| *first != 0)
        && digits.last() == Some(&(weighted(digits, &[7, 6, 5, 4, 3, 2]) % 10))
}

/// ISO 7064 MOD 97-10 over digits and letters, where A is 10 and Z is 35.
fn mod_97<'a>(bytes: impl Iterator<Item = &'a u8>) -> bool {
    let mut remainder = 0;
    for byte in bytes {
        let Some(value) = char::from(*byte).to_digit(36) else { return false };
        remainder = (remainder * if value > 9 { 100 } else { 10 } + value) % 97;
    }
    remainder == 1
}

/// The check of Luhn over letters and digits written out as digits.
fn isin(bytes: &[u8]) -> bool {
    let shaped = bytes.len() == 12 && bytes.iter().take(2).all(u8::is_ascii_uppercase);
    let written: Option<String> =
        bytes.iter().map(|byte| char::from(*byte).to_digit(36).map(|value| value.to_string())).collect();
    let Some(written) = written.filter(|_| shaped) else { return false };
    let sum: u32 = written
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte - b'0') * if place % 2 == 1 { 2 } else { 1 };
            digit / 10 + digit % 10
        })
        .sum();
    sum.is_multiple_of(10)
}

fn bic(bytes: &[u8]) -> bool {
    let (letters, rest) = bytes.split_at(bytes.len().min(6));
    matches!(bytes.len(), 8 | 11)
        && letters.iter().all(u8::is_ascii_uppercase)
        && rest.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// ISO 7064 MOD 31-3 over an alphabet without I, O, S, V and Z.
fn uscc(bytes: &[u8]) -> bool {
    const ALPHABET: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let values: Option<Vec<usize>> =
        bytes.iter().map(|byte| ALPHABET.iter().position(|letter| letter == byte)).collect();
    let Some(values) = values.filter(|values| values.len() == 18) else { return false };
    let Some((check, rest)) = values.split_last() else { return false };
    let (mut sum, mut weight) = (0, 1);
    for value in rest {
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    (31 - sum % 31) % 31 == *check
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Published identifiers of well-known bodies, and examples of the standards.
    const VALID: &[(Scheme, &str)] = &[
        (Scheme::Inn, "7707083893"),
        (Scheme::Inn, "500100732259"),
        (Scheme::Ogrn, "1027700132195"),
        (Scheme::Ogrn, "304500116000157"),
        (Scheme::Lei, "5493001KJTIIGC8Y1R12"),
        (Scheme::Imo, "9074729"),
        (Scheme::Isin, "US0378331005"),
        (Scheme::Bic, "DEUTDEFF"),
        (Scheme::Iban, "GB82WEST12345698765432"),
        (Scheme::Uscc, "91350100M000100Y43"),
        (Scheme::Mmsi, "445000000"),
    ];

    #[test]
    fn published_identifiers_pass() {
        for (scheme, value) in VALID {
            assert!(scheme.is_valid(value), "{scheme:?} {value}");
        }
    }

    #[test]
    fn a_changed_digit_fails_where_there_is_a_check() {
        for (scheme, value) in VALID.iter().filter(|(scheme, _)| !matches!(scheme, Scheme::Bic | Scheme::Mmsi)) {
            for place in 0..value.len() {
                let mut bytes = value.as_bytes().to_vec();
                if !bytes[place].is_ascii_digit() {
                    continue;
                }
                bytes[place] = if bytes[place] == b'9' { b'0' } else { bytes[place] + 1 };
                let changed = String::from_utf8(bytes).unwrap();
                // modulo 11 then 10 leaves one change in eleven unseen
                let blind = matches!(scheme, Scheme::Inn | Scheme::Ogrn);
                assert!(!scheme.is_valid(&changed) || blind, "{scheme:?} {changed}");
            }
        }
    }

    #[test]
    fn nothing_and_nonsense_fail() {
        for scheme in Scheme::ALL {
            for value in
                ["", "0", "0000000", "0000000000", "ИНН", "ЖЖЖЖЖЖЖ", "A", "----------", "99999999999999999999999"]
            {
                assert!(!scheme.is_valid(value), "{scheme:?} {value}");
            }
        }
    }
}
