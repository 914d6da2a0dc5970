/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-math-private.h"

/* Where each alphabet begins among the mathematical letters; 0 where it has none. */
typedef struct
{
  gunichar capitals;
  gunichar smalls;
  gunichar digits;
  gunichar greek_capitals;
  gunichar greek_smalls;
} Alphabet;

static const Alphabet alphabets[] = {
  [ASSAY_MATH_LETTERS_NORMAL] = { 0x1D434, 0x1D44E, 0, 0, 0x1D6FC },
  [ASSAY_MATH_LETTERS_ITALIC] = { 0x1D434, 0x1D44E, 0, 0x1D6E2, 0x1D6FC },
  [ASSAY_MATH_LETTERS_BOLD] = { 0x1D400, 0x1D41A, 0x1D7CE, 0x1D6A8, 0x1D6C2 },
  [ASSAY_MATH_LETTERS_BOLD_ITALIC] = { 0x1D468, 0x1D482, 0x1D7CE, 0x1D71C, 0x1D736 },
  [ASSAY_MATH_LETTERS_SCRIPT] = { 0x1D49C, 0x1D4B6, 0, 0, 0x1D6FC },
  [ASSAY_MATH_LETTERS_FRAKTUR] = { 0x1D504, 0x1D51E, 0, 0, 0x1D6FC },
  [ASSAY_MATH_LETTERS_DOUBLE_STRUCK] = { 0x1D538, 0x1D552, 0x1D7D8, 0, 0x1D6FC },
  [ASSAY_MATH_LETTERS_SANS] = { 0x1D5A0, 0x1D5BA, 0x1D7E2, 0, 0x1D6FC },
  [ASSAY_MATH_LETTERS_MONOSPACE] = { 0x1D670, 0x1D68A, 0x1D7F6, 0, 0x1D6FC },
};

/* Letters that Unicode had before it had the alphabets. */
static const struct
{
  gunichar hole;
  gunichar letter;
} holes[] = {
  { 0x1D455, 0x210E }, { 0x1D49D, 0x212C }, { 0x1D4A0, 0x2130 }, { 0x1D4A1, 0x2131 },
  { 0x1D4A3, 0x210B }, { 0x1D4A4, 0x2110 }, { 0x1D4A7, 0x2112 }, { 0x1D4A8, 0x2133 },
  { 0x1D4AD, 0x211B }, { 0x1D4BA, 0x212F }, { 0x1D4BC, 0x210A }, { 0x1D4C4, 0x2134 },
  { 0x1D506, 0x212D }, { 0x1D50B, 0x210C }, { 0x1D50C, 0x2111 }, { 0x1D515, 0x211C },
  { 0x1D51D, 0x2128 }, { 0x1D53A, 0x2102 }, { 0x1D53F, 0x210D }, { 0x1D545, 0x2115 },
  { 0x1D547, 0x2119 }, { 0x1D548, 0x211A }, { 0x1D549, 0x211D }, { 0x1D551, 0x2124 },
};

/* Small Greek letters in other shapes stand behind the alphabet. */
static const gunichar greek_variants[] = { 0x2202, 0x03F5, 0x03D1, 0x03F0, 0x03D5, 0x03F1, 0x03D6 };

gunichar
_assay_math_letter (gunichar character, AssayMathLetters letters)
{
  const Alphabet *alphabet;
  gunichar result = character;

  if (letters == ASSAY_MATH_LETTERS_UPRIGHT)
    return character;
  alphabet = &alphabets[letters];
  if (character >= 'A' && character <= 'Z')
    result = alphabet->capitals + (character - 'A');
  else if (character >= 'a' && character <= 'z')
    result = alphabet->smalls + (character - 'a');
  else if (character >= '0' && character <= '9' && alphabet->digits != 0)
    result = alphabet->digits + (character - '0');
  else if (character >= 0x0391 && character <= 0x03A9 && alphabet->greek_capitals != 0)
    result = alphabet->greek_capitals + (character - 0x0391);
  else if (character >= 0x03B1 && character <= 0x03C9)
    result = alphabet->greek_smalls + (character - 0x03B1);
  else if (character == 0x0131 && letters <= ASSAY_MATH_LETTERS_ITALIC)
    result = 0x1D6A4;
  else if (character == 0x0237 && letters <= ASSAY_MATH_LETTERS_ITALIC)
    result = 0x1D6A5;
  else
    for (guint i = 1; i < G_N_ELEMENTS (greek_variants); i++)
      if (greek_variants[i] == character)
        return alphabet->greek_smalls + 25 + i;

  for (guint i = 0; i < G_N_ELEMENTS (holes); i++)
    if (holes[i].hole == result)
      return holes[i].letter;
  return result;
}
