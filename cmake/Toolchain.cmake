# Compiler, linker and warnings, the same for every room.
find_program(PARCELWAKE_CCACHE ccache)
if(PARCELWAKE_CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${PARCELWAKE_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${PARCELWAKE_CCACHE})
endif()
find_program(PARCELWAKE_MOLD mold)
if(PARCELWAKE_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor
                    -Werror=switch -Werror=return-type -fno-omit-frame-pointer)
if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
  # Every x86-64 server since 2010; without it simdjson falls back to scalar code.
  add_compile_options(-march=x86-64-v2 -mpclmul)
endif()
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1")
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1")
if(PARCELWAKE_SANITIZE)
  add_compile_options(-fsanitize=${PARCELWAKE_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${PARCELWAKE_SANITIZE})
endif()
if(PARCELWAKE_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
