# Puts files into an executable byte for byte, so that it needs no directory beside it.
#
#   parcelwake_embed(parcelwake_carriers NAMESPACE parcelwake::carriers::embedded FILES data/carriers.tsv …)
#
# The namespace is the target's alone: another target with the same would be a second definition of files().
# Gives the target a generated header "<target>_embedded.h" with
#   struct File { std::string_view path; std::string_view bytes; };
#   std::span<const File> files();      // paths from the project's root, in the order given
function(parcelwake_embed target)
  cmake_parse_arguments(EMBED "" "NAMESPACE" "FILES" ${ARGN})
  get_property(taken GLOBAL PROPERTY PARCELWAKE_EMBED_${EMBED_NAMESPACE})
  if(taken)
    message(FATAL_ERROR "${target} and ${taken} embed files under one namespace, ${EMBED_NAMESPACE}")
  endif()
  set_property(GLOBAL PROPERTY PARCELWAKE_EMBED_${EMBED_NAMESPACE} ${target})
  set(dir ${CMAKE_CURRENT_BINARY_DIR}/embedded)
  set(header ${dir}/${target}_embedded.h)
  set(assembly ${dir}/${target}_embedded.S)
  set(source ${dir}/${target}_embedded.cc)
  set(asm_text ".section .rodata\n")
  set(externs "")
  set(rows "")
  set(index 0)
  set(paths "")
  foreach(file ${EMBED_FILES})
    set(symbol "${target}_file_${index}")
    string(APPEND asm_text ".global ${symbol}\n.global ${symbol}_end\n.balign 16\n${symbol}:\n.incbin \"${CMAKE_SOURCE_DIR}/${file}\"\n${symbol}_end:\n.byte 0\n")
    string(APPEND externs "extern const char ${symbol}[];\nextern const char ${symbol}_end[];\n")
    string(APPEND rows "      File{\"${file}\", {${symbol}, static_cast<std::size_t>(${symbol}_end - ${symbol})}},\n")
    list(APPEND paths ${CMAKE_SOURCE_DIR}/${file})
    math(EXPR index "${index} + 1")
  endforeach()
  string(APPEND asm_text ".section .note.GNU-stack,\"\",%progbits\n")
  file(CONFIGURE OUTPUT ${assembly} CONTENT "${asm_text}" @ONLY)
  file(CONFIGURE OUTPUT ${header} CONTENT "#pragma once

#include <span>
#include <string_view>

namespace ${EMBED_NAMESPACE} {

struct File {
  std::string_view path;
  std::string_view bytes;
};

std::span<const File> files();

}  // namespace ${EMBED_NAMESPACE}
" @ONLY)
  file(CONFIGURE OUTPUT ${source} CONTENT "#include \"${target}_embedded.h\"

#include <array>

extern \"C\" {
${externs}}

namespace ${EMBED_NAMESPACE} {

std::span<const File> files() {
  static const std::array<File, ${index}> kFiles = {{
${rows}  }};
  return kFiles;
}

}  // namespace ${EMBED_NAMESPACE}
" @ONLY)
  set_source_files_properties(${assembly} PROPERTIES OBJECT_DEPENDS "${paths}")
  target_sources(${target} PRIVATE ${assembly} ${source})
  target_include_directories(${target} PRIVATE ${dir})
endfunction()
